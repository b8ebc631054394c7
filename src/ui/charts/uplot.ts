// First: uPlot hands the browser's language to Intl as it loads.
import '../kit/usable-language';

export { default } from 'uplot';
