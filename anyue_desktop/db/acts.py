"""What the database layer itself writes into the operation log; services write their own words."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """An act of the program on the workspace."""

    CREATED = "workspace.created"
    RESTORED = "workspace.restored"
    LOG_IN = "log.in"
    BACKUP = "backup"
    CLOCK_BACK = "clock.back"
    OPERATOR_ADDED = "operator.added"
    OPERATOR_REMOVED = "operator.removed"
    OPERATOR_ROLES = "operator.roles"
    OPERATOR_RESET = "operator.reset"
    PASSPHRASE = "operator.passphrase"
    RECOVERY = "recovery.set"
    KEY_CHANGED = "key.changed"
    SIGNING_RENEWED = "signing.renewed"
    UNLOCK_FAILED = "unlock.failed"
    UNLOCK_RECOVERED = "unlock.recovered"


TITLES: dict[str, str] = {
    Act.CREATED: "新建台账",
    Act.RESTORED: "恢复备份",
    Act.LOG_IN: "登录",
    Act.BACKUP: "备份",
    Act.CLOCK_BACK: "电脑时间倒退",
    Act.OPERATOR_ADDED: "增加操作员",
    Act.OPERATOR_REMOVED: "删除操作员",
    Act.OPERATOR_ROLES: "调整操作员权限",
    Act.OPERATOR_RESET: "重设操作员密码",
    Act.PASSPHRASE: "修改密码",
    Act.RECOVERY: "设置县局恢复钥匙",
    Act.KEY_CHANGED: "更换台账密钥",
    Act.SIGNING_RENEWED: "更换签名密钥",
    Act.UNLOCK_FAILED: "密码输错",
    Act.UNLOCK_RECOVERED: "经县局找回密码",
}


def act_title(act: str) -> str:
    """Returns what an officer reads for an act; what is written in words already stays."""
    return TITLES.get(act, act)
