"""The closed list of reasons why a workspace cannot be used, each with its sentence and next step."""

from __future__ import annotations

import errno
from enum import StrEnum

from anyue_desktop.core.errors import Unusable


class Status(StrEnum):
    """What stands between an operator and the workspace."""

    PASSPHRASE = "E_PASSPHRASE"
    OPERATOR_UNKNOWN = "E_OPERATOR_UNKNOWN"
    KDF_PARAMS = "E_KDF_PARAMS"
    KEYSLOTS_MISSING = "E_KEYSLOTS_MISSING"
    KEYSLOTS_DAMAGED = "E_KEYSLOTS_DAMAGED"
    KEYSLOTS_NEWER = "E_KEYSLOTS_NEWER"
    KEYSLOTS_TAMPERED = "E_KEYSLOTS_TAMPERED"
    KEYSLOTS_ROLLBACK = "E_KEYSLOTS_ROLLBACK"
    WORKSPACE_MISSING = "E_WORKSPACE_MISSING"
    WORKSPACE_EXISTS = "E_WORKSPACE_EXISTS"
    WORKSPACE_DAMAGED = "E_WORKSPACE_DAMAGED"
    WORKSPACE_NEWER = "E_WORKSPACE_NEWER"
    WORKSPACE_READONLY = "E_WORKSPACE_READONLY"
    WORKSPACE_FULL = "E_WORKSPACE_FULL"
    WORKSPACE_DISK = "E_WORKSPACE_DISK"
    WORKSPACE_BUSY = "E_WORKSPACE_BUSY"
    UPGRADE_FAILED = "E_UPGRADE_FAILED"
    AUDIT_BROKEN = "E_AUDIT_BROKEN"
    BACKUP_BAD = "E_BACKUP_BAD"
    BACKUP_FOREIGN = "E_BACKUP_FOREIGN"
    UNLOCK_WAIT = "E_UNLOCK_WAIT"
    UNLOCK_CODE = "E_UNLOCK_CODE"
    UNLOCK_FOREIGN = "E_UNLOCK_FOREIGN"
    UNLOCK_EXPIRED = "E_UNLOCK_EXPIRED"


RESTORE = "请用最近的备份恢复，并联系县局技术人员；现在的文件不要删除"

SENTENCES: dict[Status, tuple[str, str]] = {
    Status.PASSPHRASE: (
        "密码不对",
        "请检查大小写和中英文输入法后再试；忘记了请找管理员重设，或点“忘记密码”经县局找回",
    ),
    Status.OPERATOR_UNKNOWN: ("这里没有这个操作员", "请核对登录名，或请管理员添加操作员"),
    Status.KDF_PARAMS: ("密钥文件中的密码保护强度不在允许范围内，可能被人改动", RESTORE),
    Status.KEYSLOTS_MISSING: ("密钥文件不见了，台账无法解锁", "请从备份中恢复密钥文件 keyslots.json；台账数据没有改动"),
    Status.KEYSLOTS_DAMAGED: ("密钥文件已损坏", RESTORE),
    Status.KEYSLOTS_NEWER: ("密钥文件由更新版本的程序写成", "请先升级本机程序，再打开这个台账"),
    Status.KEYSLOTS_TAMPERED: ("密钥文件被改动过，不能使用", RESTORE),
    Status.KEYSLOTS_ROLLBACK: ("密钥文件是旧的一份，与台账不配套", "请换回最新的密钥文件，或用最近的备份恢复"),
    Status.WORKSPACE_MISSING: ("没有找到台账文件", "请核对文件夹位置；若已被移动或删除，请用备份恢复"),
    Status.WORKSPACE_EXISTS: ("这个文件夹里已经有台账，不能再新建", "请直接登录，或另选一个空文件夹"),
    Status.WORKSPACE_DAMAGED: ("台账文件已损坏，无法读取", RESTORE),
    Status.WORKSPACE_NEWER: ("台账由更新版本的程序写成，本程序打不开", "请先升级本机程序；台账没有改动"),
    Status.WORKSPACE_READONLY: ("台账所在的文件夹不能写入", "请检查文件夹权限，或把台账移到可以写入的磁盘"),
    Status.WORKSPACE_FULL: ("磁盘已满，这一步没有保存", "请清理磁盘后再试；原来的数据没有改动"),
    Status.WORKSPACE_DISK: (
        "读写磁盘时出错，这一步没有保存",
        "请检查磁盘或移动盘是否连接正常，重新打开程序后再试；反复出现请尽快备份并更换磁盘",
    ),
    Status.WORKSPACE_BUSY: ("台账正被另一个窗口或程序使用", "请关闭另一个窗口后再试"),
    Status.UPGRADE_FAILED: ("台账升级没有成功，已保持原样", "升级前已自动备份；请联系县局技术人员"),
    Status.AUDIT_BROKEN: ("操作日志被改动过，前后对不上", "请停止录入，保留现场，立即报告县局"),
    Status.BACKUP_BAD: ("备份文件不完整或已损坏", "请换一份备份；现有台账没有改动"),
    Status.UNLOCK_WAIT: ("密码输错的次数太多，要等一会儿再试", "时间到了再输；确实忘记请找管理员重设，或经县局找回"),
    Status.UNLOCK_CODE: ("一次性数字不对，或者县局的答复文件已损坏", "请电话里再核对一遍数字；仍不行请县局重新答复"),
    Status.UNLOCK_FOREIGN: (
        "县局的答复不是回给这次申请的，或者已经用过",
        "请核对文件和操作员；每份答复只能用一次，需要时重新申请",
    ),
    Status.UNLOCK_EXPIRED: ("县局的答复已经过期", "答复七天内有效，请核对电脑日期；确已过期请重新申请"),
    Status.BACKUP_FOREIGN: ("这份备份属于另一个台账", "请选择本单位的备份文件"),
}


def unusable(status: Status, seen: str = "") -> Unusable:
    """Returns the error of a status; `seen` is the place or value that shows it."""
    message, hint = SENTENCES[status]
    return Unusable(status.value, f"{message}（{seen}）" if seen else message, hint)


def unusable_disk(error: OSError, seen: str = "") -> Unusable:
    """Returns the error of a file that could not be read or written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return unusable(Status.WORKSPACE_FULL, seen)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return unusable(Status.WORKSPACE_READONLY, seen)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return unusable(Status.WORKSPACE_MISSING, seen)
    return unusable(Status.WORKSPACE_DISK, error.strerror or seen)
