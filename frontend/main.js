// What every page loads: the look, htmx under a strict policy, and the small behaviours.
import "./styles/main.css";
import "./modules/htmx.js";
import "./modules/menu.js";
import "./modules/theme.js";
import "./modules/dialog.js";
import "./modules/confirm.js";
import "./modules/copy.js";
import "./modules/device.js";
import "./modules/countdown.js";
import "./modules/keys.js";
import "./modules/live.js";
import "./modules/tabs.js";
import "./modules/toast.js";
import "./modules/zone.js";
