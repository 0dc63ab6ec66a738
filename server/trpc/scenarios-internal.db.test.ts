import { askLive } from "@/server/testing/live/pass";

askLive("internal");
