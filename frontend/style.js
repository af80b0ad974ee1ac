// The living page of the look.
import "./styles/style.css";
