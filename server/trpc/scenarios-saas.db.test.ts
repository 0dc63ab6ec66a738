import { askLive } from "@/server/testing/live/pass";

askLive("saas");
