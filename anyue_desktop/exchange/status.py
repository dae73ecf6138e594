"""The closed list of outcomes of everything that crosses between township and county."""

from __future__ import annotations

from enum import Enum, StrEnum, unique

from anyue_desktop.core.errors import Refused


class Group(StrEnum):
    """What an outcome asks of the person in front of the screen."""

    DONE = "done"  # nothing to do
    INFO = "info"  # harmless, good to know
    DAMAGED = "damaged"  # copy again
    WRONG = "wrong"  # do not take in, ask
    HOLD = "hold"  # bring something up to date first
    STOP = "stop"  # possible attack or broken program: tell the county's security contact
    RECORD = "record"  # one record is returned, the rest is taken in


_COPY = "请从对方电脑的发件箱重新拷贝这个文件，不要解压后重新压缩"
_CALL = "不要接收，请立即打电话告诉县局信息安全负责人"
_WHOLE = "整个上报包退回，请乡镇把程序升级后重新上报；仍然出现时告诉县局信息安全负责人"
_STICK = "请换一个 U 盘再试，电脑里的文件没有改动"
_TWO_COPIES = (
    "先不要接收，请打电话问清现在用哪一台：只留一台，在这台的“系统 · 备份与恢复”里点“重新对账”后再上报；"
    "两台都要用的，给另一台换一个设备字母重新登记；都说不清的，告诉县局信息安全负责人"
)
_CORRECT = "请乡镇更正这条记录，下次上报时会带上新的内容"


@unique
class Status(Enum):
    """One outcome: its name is the code, its value the group, the sentence and the next step."""

    OK = (Group.DONE, "核对无误", "可以继续")

    E_SIZE = (Group.DAMAGED, "文件大小超出允许范围", _COPY)
    E_TRUNCATED = (Group.DAMAGED, "文件不完整，后面的内容没有拷贝完", _COPY)
    E_CONTAINER = (Group.DAMAGED, "文件已损坏，或者被解压后重新压缩过", _COPY)
    E_PAYLOAD_SIZE = (Group.DAMAGED, "加密内容的长度与清单不一致，文件已损坏", _COPY)
    E_PAYLOAD_HASH = (Group.DAMAGED, "加密内容与清单不一致，文件已损坏", _COPY)

    E_SIG_FORMAT = (Group.STOP, "签名的写法不对，文件可能被改动，或者不是这一类文件", _CALL)
    E_SIG_BAD = (Group.STOP, "签名无效，文件可能被改动", _CALL)
    E_KEY_UNKNOWN = (Group.WRONG, "签名的设备没有登记", "请先办理设备登记，或者导入最新的信任表后再试")
    E_KEY_REVOKED = (Group.STOP, "签名的设备已经注销", _CALL)
    E_KEY_EXPIRED = (Group.WRONG, "签名设备的登记已经过期", "请打电话给县局办理登记更新")
    E_KEY_NOT_YET = (Group.WRONG, "签名设备的登记还没有生效", "请核对电脑日期，或者等登记生效后再试")
    E_CLOCK_BEHIND = (Group.WRONG, "本机的日期时间偏早", "请先把本机的日期和时间调准，再接收")
    E_CLOCK_FUTURE = (Group.WRONG, "文件的制作时间在未来", "请核对两台电脑的日期和时间，调准后重新制作")

    E_UTF8 = (Group.STOP, "内容里有不合规的文字编码", _WHOLE)
    E_JSON = (Group.STOP, "内容的结构读不出来", _WHOLE)
    E_JSON_CANON = (Group.STOP, "内容的写法不是规定的唯一写法", _WHOLE)
    E_JSON_DUPKEY = (Group.STOP, "内容里同一项出现了两次", _WHOLE)
    E_JSON_KEY = (Group.STOP, "内容里有不合规的项目名", _WHOLE)
    E_JSON_NUMBER = (Group.STOP, "内容里有不合规的数字", _WHOLE)
    E_JSON_STRING = (Group.STOP, "内容里有看不见或不允许的字符，或者文字过长", _WHOLE)
    E_JSON_NFC = (Group.STOP, "内容里有写法不统一的字符", _WHOLE)
    E_JSON_DEPTH = (Group.STOP, "内容的层次过深", _WHOLE)
    E_MANIFEST = (Group.STOP, "清单的内容不合规定", _WHOLE)
    E_TYPE = (Group.STOP, "清单写明的文件种类与签名不一致", _WHOLE)

    E_VERSION_NEWER = (Group.HOLD, "文件由更新版本的程序制作", "请先升级本机的程序，再接收同一个文件")
    E_SCHEMA_NEWER = (Group.HOLD, "台账内容由更新版本的程序制作", "请先升级本机的程序，升级后再接收同一个文件")
    E_CRIT = (Group.HOLD, "文件里有本机程序还不认识的必读内容", "请升级本机的程序，然后再接收同一个文件")
    E_DOWNGRADE = (Group.STOP, "文件的版本低于县局规定的最低版本", "请乡镇升级程序后重新上报")
    E_SUITE = (Group.STOP, "文件使用了不允许的加密签名方法", "请乡镇升级程序后重新制作上报包")

    E_SENDER = (Group.STOP, "文件写明的单位与签名的设备不一致", _CALL)
    E_BINDING = (Group.STOP, "文件内外写明的信息不一致，加密内容可能被人调换", _CALL)
    E_RECIPIENT = (Group.WRONG, "这个文件不是给本单位的", "请核对是不是拿错了文件")
    E_DECRYPT = (Group.WRONG, "本机无法解密这个文件", "请核对文件是不是给本单位的；如果是，请对方重新制作")
    E_AGE_HEADER = (Group.STOP, "加密部分的开头不合规定", _CALL)
    E_LIMIT = (Group.STOP, "文件里的数量或大小超出限制", _CALL)
    E_BOMB = (Group.STOP, "文件里的内容解压后异常膨胀", _CALL)

    E_REPLAY = (Group.INFO, "这个文件以前已经接收过", "不需要再接收，可以重新领取回执")
    E_GAP = (Group.HOLD, "前面还有没收到的上报包", "请把缺少的上报包一并带来，按顺序接收")
    E_FORK = (
        Group.STOP,
        "两份台账在用同一个设备号上报：可能有两台相同的设备，或者还原备份以后又用了原来的台账",
        _TWO_COPIES,
    )
    E_PREV = (Group.STOP, "上报包与上一个上报包接不上", _CALL)
    E_CHAIN_UNKNOWN = (
        Group.STOP,
        "上报包开始了一个新的编号序列，但不是全部记录，可能更换过电脑或还原过备份",
        "请乡镇把程序升级到最新版，在“系统 · 备份与恢复”里点“重新对账”，再生成上报包",
    )

    E_DELETIONS = (
        Group.WRONG,
        "这个上报包要删除的记录超过这台设备已报记录的5%",
        "请打电话向乡镇核实；确实要删的，接收时写明照样接收",
    )

    E_INNER = (Group.STOP, "加密内容里的文件排列不合规定", _WHOLE)
    E_INNER_NAME = (Group.STOP, "加密内容里有不允许的文件名", _CALL)
    E_INNER_ORDER = (Group.STOP, "加密内容里的文件次序不对", _WHOLE)
    E_INNER_DUP = (Group.STOP, "加密内容里有重复的文件", _WHOLE)
    E_GZIP = (Group.STOP, "加密内容里的压缩部分读不出来", _WHOLE)
    E_COUNT = (Group.STOP, "实际数量与清单不一致", _WHOLE)
    E_REC_LINE = (Group.STOP, "记录的行不合规定", _WHOLE)
    E_REC_SCHEMA = (Group.STOP, "记录缺少必需的项目，或者项目不合规定", _WHOLE)
    E_REC_DUP = (Group.STOP, "同一条记录出现了两次", _WHOLE)
    E_ATT_HASH = (Group.STOP, "附件的内容与编号不一致", _WHOLE)
    E_ATT_SIZE = (Group.STOP, "附件的大小与记录不一致", _WHOLE)
    E_ATT_MISSING = (Group.STOP, "缺少清单写明的附件", _WHOLE)
    E_ATT_UNREFERENCED = (Group.STOP, "有不属于任何记录的附件", _WHOLE)

    E_TRUST_ROLLBACK = (Group.STOP, "信任表比本机已有的旧", "请使用县局最新的信任表")
    E_TRUST_FORK = (Group.STOP, "信任表与本机已有的同一版本内容不同", _CALL)
    E_TRUST_EXPIRED = (Group.STOP, "信任表已经过期", "请向县局领取新的信任表")
    E_TRUST_COUNTY = (Group.STOP, "信任表不属于本县，或者与信任卡上的数字不符", "请核对信任卡，并打电话向县局核实")
    E_ENROL_DUPKEY = (Group.STOP, "这台设备的密钥已经在别处登记", _CALL)
    E_ENROL_SITE = (Group.STOP, "这个设备号已经被占用", "请换一个设备字母，或者先注销原来的设备")
    E_ENROL_DIGITS = (
        Group.STOP,
        "电话里听到的数字与登记申请不符",
        "请重新打电话核对六组数字；仍不一致说明文件被调换，不要批准",
    )
    E_UNLOCK_DIGITS = (
        Group.STOP,
        "电话里听到的数字与忘记密码的申请不符",
        "请重新打电话核对六组数字；仍不一致说明文件被调换，不要答复",
    )
    E_ACK_FORK = (Group.STOP, "回执确认的上报包不是本机制作的，签名密钥可能被盗用", _CALL)
    E_ACK_UNKNOWN = (
        Group.STOP,
        "回执确认了本机没有发过的上报包，可能还原过旧备份，或者签名密钥被盗用",
        "请打电话向县局核实；确实还原过旧的台账时，在“系统 · 备份与恢复”里点“重新对账”，再上报一次",
    )

    E_USB_SPACE = (Group.DAMAGED, "U 盘空间不够", "请清理 U 盘或换一个空的 U 盘再试")
    E_USB_WRITE = (Group.DAMAGED, "U 盘写不进去", _STICK)
    E_USB_READBACK = (Group.DAMAGED, "写入 U 盘后读回来的内容不一样，U 盘可能坏了", _STICK)
    E_USB_READ = (Group.DAMAGED, "U 盘上的文件读不出来", "请重新插拔后再试，仍然不行时请对方重新拷贝")

    R_DUP_PERSON = (Group.RECORD, "与其他乡镇登记的人员重复", "请与对方核实由谁登记，多登的一方更正或删除")
    R_FORK = (Group.RECORD, "这条记录与县局保存的上一版接不上", "请核对两边的内容，确认后重新保存并上报")
    R_STALE = (Group.RECORD, "县局已经有这条记录更新的内容", "请核对本机是不是还原过旧备份")
    R_PREV_UNKNOWN = (Group.RECORD, "县局没有这条记录以前的内容", "乡镇接收回执后，下次上报会重新带上这条记录")
    R_NOT_OWNER = (Group.RECORD, "这条记录属于别的设备", "需要转移时请向县局申请")
    R_TOWNSHIP = (Group.RECORD, "记录里的乡镇与上报的乡镇不一致", "请更正所属乡镇后重新上报")
    R_SELF_REVIEW = (Group.RECORD, "录入人和审核人是同一个人", "请由另一个人审核后重新上报")
    R_ATT_MISSING = (Group.RECORD, "缺少这条记录的附件", "请重新添加附件后上报")
    R_SCHEMA = (Group.RECORD, "记录里有字典没有的项目，或者值不合规定", _CORRECT)
    R_RULE = (Group.RECORD, "记录没有通过逻辑校验", "请按退回原因更正这条记录后重新上报")

    @property
    def group(self) -> Group:
        """What the outcome asks of the person."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """What is wrong, in one sentence."""
        return self.value[1]

    @property
    def next_step(self) -> str:
        """What to do about it."""
        return self.value[2]

    def refusal(self, detail: str = "") -> Refused:
        """Returns the error to raise; `detail` is the value seen, shown in brackets after the sentence."""
        message = f"{self.sentence}（{detail}）" if detail else self.sentence
        return Refused(self.name, message, self.next_step)
