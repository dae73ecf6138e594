"""Which ledgers there are: their numbers and titles (registers.md G.2; QD and QZ are taken to the village)."""

from __future__ import annotations

LEDGERS = {
    "L1": "特殊困难老年人花名册",
    "L2": "老年人探访记录表",
    "L3": "月探访汇总表",
    "L4": "未探访人员名单",
    "L5": "农村留守儿童（困境儿童）信息台账",
    "L6": "儿童走访记录表",
    "L8": "居家养老服务对象花名册",
    "L14": "补贴发放花名册",
    "L16": "上报交接单",
}
