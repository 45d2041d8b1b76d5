package dev.optr.demo;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;

/** A player's answer. */
record PlayedReply(int status, Json body) {
  static PlayedReply ok(JsonObject body) {
    return new PlayedReply(200, body);
  }
}
