package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.git.Change;
import java.util.ArrayList;
import java.util.List;

/** Changes as JSON and back, exactly. */
public final class ChangesJson {
  private ChangesJson() {}

  public static Json write(List<Change> changes) {
    return Json.array(changes.stream().map(ChangesJson::write).toList());
  }

  static Proposal.Work read(List<Json> document) throws JsonException {
    List<Change> changes = new ArrayList<>();
    for (Json element : document) {
      if (!(element instanceof JsonObject change)) {
        throw new JsonException("no change in 'changes'");
      }
      changes.add(
          new Change(
              AnswerJson.required(change.text("path"), "path"),
              change.text("from"),
              change.text("mode"),
              change.text("blob"),
              change.text("encoding"),
              change.text("content")));
    }
    return new Proposal.Work.Changes(changes);
  }

  private static JsonObject write(Change change) {
    return Json.object()
        .put("path", change.path())
        .put("from", change.from())
        .put("mode", change.mode())
        .put("blob", change.blob())
        .put("encoding", change.encoding())
        .put("content", change.content())
        .build();
  }
}
