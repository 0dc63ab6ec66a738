import { askLive } from "@/server/testing/live/pass";

askLive("white-label");
