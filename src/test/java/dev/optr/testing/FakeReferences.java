package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** The branches and tags of the pretended GitHub. */
final class FakeReferences {
  private static final String ROOT = "/repos/" + FakeGitHub.REPOSITORY;

  private final Repository repository;
  private final String baseUrl;
  private final Map<String, String> protectedBranches = new HashMap<>();
  private Runnable beforeNextMove = () -> {};

  FakeReferences(Repository repository, String baseUrl) {
    this.repository = repository;
    this.baseUrl = baseUrl;
  }

  void protect(String branch, String words) {
    protectedBranches.put("refs/heads/" + branch, words);
  }

  void beforeNextMove(Runnable action) {
    beforeNextMove = action;
  }

  Optional<FakeReply> read(String resource) throws IOException {
    if (resource.startsWith("git/matching-refs/")) {
      return Optional.of(matchingRefs("refs/" + resource.substring("git/matching-refs/".length())));
    }
    return Optional.empty();
  }

  private FakeReply matchingRefs(String prefix) throws IOException {
    List<Json> found = new ArrayList<>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
      found.add(reference(ref.getName(), Objects.requireNonNull(ref.getObjectId()).name()));
    }
    return FakeReply.json(200, Json.array(found));
  }

  FakeReply create(JsonObject body) throws IOException {
    String name = Objects.requireNonNull(body.text("ref"));
    String words = protectedBranches.get(name);
    if (words != null) {
      return FakeReply.error(422, words);
    }
    if (repository.exactRef(name) != null) {
      return FakeReply.error(422, "Reference already exists");
    }
    ObjectId target = ObjectId.fromString(Objects.requireNonNull(body.text("sha")));
    if (!repository.getObjectDatabase().has(target)) {
      return FakeReply.error(422, "Object does not exist");
    }
    RefUpdate update = repository.updateRef(name);
    update.setExpectedOldObjectId(ObjectId.zeroId());
    update.setNewObjectId(target);
    return update.update() == RefUpdate.Result.NEW
        ? FakeReply.json(201, reference(name, target.name()))
        : FakeReply.error(409, "Conflict");
  }

  Optional<FakeReply> delete(String resource) throws IOException {
    if (!resource.startsWith("git/refs/")) {
      return Optional.empty();
    }
    String name = "refs/" + resource.substring("git/refs/".length());
    if (repository.exactRef(name) == null) {
      return Optional.of(FakeReply.error(422, "Reference does not exist"));
    }
    RefUpdate update = repository.updateRef(name);
    update.setForceUpdate(true);
    return update.delete() == RefUpdate.Result.FORCED
        ? Optional.of(new FakeReply(204, Map.of(), ""))
        : Optional.of(FakeReply.error(409, "Conflict"));
  }

  Optional<FakeReply> move(String resource, FakeGitHub.Request request)
      throws IOException, JsonException {
    if (!resource.startsWith("git/refs/")) {
      return Optional.empty();
    }
    beforeNextMove.run();
    beforeNextMove = () -> {};
    String name = "refs/" + resource.substring("git/refs/".length());
    JsonObject body = JsonReader.readObject(request.body().getBytes(UTF_8));
    return Optional.of(
        move(
            name,
            ObjectId.fromString(Objects.requireNonNull(body.text("sha"))),
            body.isTrue("force")));
  }

  private FakeReply move(String name, ObjectId target, boolean force) throws IOException {
    String words = protectedBranches.get(name);
    if (words != null) {
      return FakeReply.error(422, words);
    }
    Ref ref = repository.exactRef(name);
    if (ref == null) {
      return FakeReply.error(422, "Reference does not exist");
    }
    RefUpdate update = repository.updateRef(name);
    update.setExpectedOldObjectId(ref.getObjectId());
    update.setNewObjectId(target);
    update.setForceUpdate(force);
    try (RevWalk walk = new RevWalk(repository)) {
      return switch (update.update(walk)) {
        case FAST_FORWARD, FORCED, NO_CHANGE -> FakeReply.json(200, reference(name, target.name()));
        case REJECTED -> FakeReply.error(422, "Update is not a fast forward");
        default -> FakeReply.error(409, "Conflict");
      };
    }
  }

  private JsonObject reference(String name, String sha) {
    JsonObject object =
        Json.object()
            .put("type", "commit")
            .put("sha", sha)
            .put("url", baseUrl + ROOT + "/git/commits/" + sha)
            .build();
    return Json.object()
        .put("ref", name)
        .put("url", baseUrl + ROOT + "/git/" + name.replace("#", "%23"))
        .put("object", object)
        .build();
  }
}
