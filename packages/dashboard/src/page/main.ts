import { mount } from "svelte";
import App from "./app.svelte";
import "./design/tokens.css";
import "./design/base.css";
import "./design/controls.css";

const target = document.getElementById("app");
if (target !== null) mount(App, { target });
