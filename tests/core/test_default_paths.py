from anyue_desktop.core import paths


def test_the_workspace_is_offered_where_people_keep_their_documents() -> None:
    assert paths.default_workspace().is_absolute()
    assert paths.default_workspace().name == "安岳民政台账"


def test_settings_cache_and_logs_lie_apart_from_the_workspace() -> None:
    folders = {paths.settings_folder(), paths.cache_folder(), paths.log_folder(), paths.default_workspace()}
    assert len(folders) == 4
