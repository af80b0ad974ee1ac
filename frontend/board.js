// The big screen.
import "./styles/board.css";
