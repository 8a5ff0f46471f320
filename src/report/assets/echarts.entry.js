import { init, use } from "echarts/core";
import { BarChart, CustomChart, GraphChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent, SVGRenderer]);
export { init };
