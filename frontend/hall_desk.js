// A desk of a hall: follows the session, and sends presses one at a time.
import "./styles/hall.css";
import { refresh } from "./modules/desk/fresh.js";
import "./modules/desk/deeds.js";
import { follow } from "./modules/news.js";

follow(document.querySelector("[data-stream]").dataset.stream, refresh);
