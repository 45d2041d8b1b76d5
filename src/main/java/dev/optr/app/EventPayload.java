package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;

/** What GitHub tells of the event that started a run. */
final class EventPayload {
  private EventPayload() {}

  /**
   * @throws UserException where it is not JSON
   */
  static JsonObject read(ActionEnvironment action) {
    try {
      return JsonReader.readObject(Files.readAllBytes(action.eventPath()));
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not read the event's payload at " + action.eventPath(), e);
    } catch (JsonException e) {
      throw new UserException(
          action.eventPath() + ": the event's payload is not JSON: " + e.getMessage());
    }
  }
}
