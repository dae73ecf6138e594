"""The whole main job without a window, on made-up people: for showing, learning and acceptance."""

from anyue_desktop.services.demo.tour import Demonstrated, Step, demonstrate

__all__ = ["Demonstrated", "Step", "demonstrate"]
