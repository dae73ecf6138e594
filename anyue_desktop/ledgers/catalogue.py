"""Which ledgers there are."""

from __future__ import annotations

LEDGERS = {
    "L1": "特殊困难老年人花名册",
    "L2": "老年人探访记录表",
    "L3": "月探访汇总表",
    "L4": "未探访人员名单",
    "L16": "上报交接单",
}
