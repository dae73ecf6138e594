"""The facilities a township has, kind by kind, and how large they are (registers.md A.4, B.10, C.6)."""

from __future__ import annotations

from dataclasses import dataclass

TOWN, VILLAGE, COMMUNITY = "town", "village", "community"  # one for the township, each village, each community
COLLECTIVE, PUBLIC, WITHIN, PRIVATE = "5", "1", "6", "3"  # codelist org_nature


@dataclass(frozen=True)
class Plan:
    """One kind of facility: its name, how many places of its sort have it, and the ranges its sizes are drawn from."""

    kind: str  # codelist facility_type
    name: str
    where: str
    share: float
    nature: str
    area: tuple[int, int]
    mode: str = ""  # codelist operation_mode
    founder: str = ""  # codelist founder_kind
    full: tuple[int, int] = (0, 0)  # beds around the clock
    day: tuple[int, int] = (0, 0)
    nursing: float = 0.0  # share of the beds
    capacity: tuple[int, int] = (0, 0)
    staff: tuple[int, int] = (1, 2)
    needs: str = ""  # the trait of the township's character it hangs on
    meals: bool = False
    buries: bool = False


HOME, CENTER, STATION = "E01", "E06", "C02"
COMMUNITY_CENTER, HOMECARE, MUTUAL_AID, DAY_CARE = "S01", "E10", "E09", "E08"
PLANS = (
    Plan(HOME, "{}敬老院", TOWN, 1, PUBLIC, (900, 1800), "1", "1", (24, 46), (0, 4), 0.5, staff=(5, 12), meals=True),
    Plan(CENTER, "{}农村区域性养老服务中心", TOWN, 1, PUBLIC, (1200, 2600), "2", "1", (20, 40), (4, 12), 0.55,
         staff=(6, 14), needs="has_regional_center", meals=True),
    Plan("E04", "{}福康养老公寓", TOWN, 0.3, PRIVATE, (700, 1500), "3", "5", (20, 40), (0, 0), 0.4, staff=(4, 9),
         meals=True),
    Plan(HOMECARE, "{}居家养老服务站", TOWN, 1, PUBLIC, (80, 200), "4", "1", staff=(3, 8)),
    Plan("E11", "{}老年食堂", TOWN, 0.8, COLLECTIVE, (80, 160), "4", "1", staff=(2, 4), meals=True),
    Plan(STATION, "{}未成年人保护工作站", TOWN, 1, WITHIN, (40, 120), staff=(1, 3), needs="has_station"),
    Plan("S02", "{}社会工作站", TOWN, 1, WITHIN, (40, 100), staff=(2, 4), needs="has_social_work"),
    Plan("S05", "{}社会救助服务站", TOWN, 0.9, WITHIN, (30, 60), staff=(1, 3)),
    Plan("F03", "{}农村公益性墓地", TOWN, 0.7, COLLECTIVE, (3000, 9000), capacity=(400, 1500), buries=True),
    Plan("F04", "{}公益性骨灰堂", TOWN, 0.2, COLLECTIVE, (300, 900), capacity=(500, 2000), buries=True),
    Plan(COMMUNITY_CENTER, "{}党群服务中心", VILLAGE, 1, COLLECTIVE, (230, 430), staff=(5, 8)),
    Plan("C03", "{}未成年人保护工作点", VILLAGE, 0.85, COLLECTIVE, (15, 40)),
    Plan("C04", "{}儿童之家", VILLAGE, 0.7, COLLECTIVE, (40, 110), capacity=(20, 50)),
    Plan(MUTUAL_AID, "{}互助养老服务点", VILLAGE, 0.75, COLLECTIVE, (90, 260), "5", "2", (0, 0), (0, 4), meals=True),
    Plan(HOMECARE, "{}居家养老服务点", VILLAGE, 0.5, COLLECTIVE, (40, 90), "5", "2"),
    Plan(DAY_CARE, "{}日间照料中心", COMMUNITY, 0.8, COLLECTIVE, (150, 400), "4", "1", (0, 0), (6, 14), meals=True),
    Plan("S03", "{}志愿服务站", VILLAGE, 0.8, COLLECTIVE, (20, 50)),
    Plan("F03", "{}公益性墓地", VILLAGE, 0.5, COLLECTIVE, (1200, 4000), capacity=(120, 500), staff=(1, 1), buries=True),
)  # fmt: skip
