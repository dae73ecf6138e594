"""Run by Alembic: takes the open connection it is given; there is no ini file and no offline mode."""

from alembic import context

from anyue_desktop.db.migrations.comparing import COMPARING

context.configure(connection=context.config.attributes["connection"], **COMPARING)
context.run_migrations()
