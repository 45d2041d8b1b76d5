package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The git database part of the pretended GitHub. */
final class FakeGitObjects implements AutoCloseable {
  private static final String ROOT = "/repos/" + FakeGitHub.REPOSITORY;

  private final Repository repository;
  private final String baseUrl;
  private final Map<String, String> protectedBranches = new HashMap<>();
  private Runnable beforeNextMove = () -> {};

  FakeGitObjects(Path bareRepository, String baseUrl) {
    this.baseUrl = baseUrl;
    try {
      repository =
          new FileRepositoryBuilder().setGitDir(bareRepository.toFile()).setMustExist(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void protect(String branch, String words) {
    protectedBranches.put("refs/heads/" + branch, words);
  }

  void beforeNextMove(Runnable action) {
    beforeNextMove = action;
  }

  boolean hasCommit(String sha) {
    try {
      return repository.resolve(sha + "^{commit}") != null;
    } catch (IOException e) {
      return false;
    }
  }

  Optional<FakeReply> answer(FakeGitHub.Request request) throws JsonException {
    String path = URLDecoder.decode(request.path().replaceFirst("\\?.*", ""), UTF_8);
    if (!path.startsWith(ROOT + "/")) {
      return Optional.empty();
    }
    String resource = path.substring(ROOT.length() + 1);
    try {
      return switch (request.method()) {
        case "GET" -> read(resource);
        case "POST" -> make(resource, request);
        case "PATCH" -> move(resource, request);
        default -> Optional.empty();
      };
    } catch (MissingObjectException e) {
      return Optional.of(FakeReply.error(422, "Object does not exist"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<FakeReply> read(String resource) throws IOException {
    if (resource.startsWith("git/matching-refs/")) {
      return Optional.of(matchingRefs("refs/" + resource.substring("git/matching-refs/".length())));
    }
    if (resource.matches("commits/[0-9a-f]{40}")) {
      return Optional.of(
          FakeReply.json(
              200, commit(ObjectId.fromString(resource.substring("commits/".length())))));
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

  private Optional<FakeReply> make(String resource, FakeGitHub.Request request)
      throws IOException, JsonException {
    JsonObject body = JsonReader.readObject(request.body().getBytes(UTF_8));
    return switch (resource) {
      case "git/blobs" -> Optional.of(made(blob(body)));
      case "git/trees" -> Optional.of(madeTree(tree(body), body));
      case "git/commits" -> Optional.of(FakeReply.json(201, gitCommit(commit(body))));
      default -> Optional.empty();
    };
  }

  private static FakeReply made(ObjectId id) {
    return FakeReply.json(201, Json.object().put("sha", id.name()).build());
  }

  private static FakeReply madeTree(ObjectId id, JsonObject body) {
    JsonObject tree =
        Json.object().put("sha", id.name()).put("tree", Json.array(body.array("tree"))).build();
    return FakeReply.json(201, tree.with("truncated", Json.bool(false)));
  }

  private ObjectId blob(JsonObject body) throws IOException {
    String content = Objects.requireNonNull(body.text("content"));
    byte[] bytes =
        "base64".equals(body.text("encoding"))
            ? Base64.getMimeDecoder().decode(content)
            : content.getBytes(UTF_8);
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, bytes);
      inserter.flush();
      return id;
    }
  }

  private ObjectId tree(JsonObject body) throws IOException {
    DirCache index = DirCache.newInCore();
    try (ObjectReader reader = repository.newObjectReader();
        ObjectInserter inserter = repository.newObjectInserter()) {
      String base = body.text("base_tree");
      if (base != null) {
        DirCacheBuilder builder = index.builder();
        builder.addTree(new byte[0], 0, reader, repository.resolve(base + "^{tree}"));
        builder.finish();
      }
      DirCacheEditor editor = index.editor();
      for (Json entry : body.array("tree")) {
        editor.add(edit((JsonObject) entry));
      }
      editor.finish();
      ObjectId id = index.writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  private static DirCacheEditor.PathEdit edit(JsonObject entry) {
    String path = Objects.requireNonNull(entry.text("path"));
    ObjectId blob = ObjectId.fromString(Objects.requireNonNull(entry.text("sha")));
    FileMode mode =
        "100755".equals(entry.text("mode")) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    return new DirCacheEditor.PathEdit(path) {
      @Override
      public void apply(DirCacheEntry changed) {
        changed.setFileMode(mode);
        changed.setObjectId(blob);
      }
    };
  }

  private ObjectId commit(JsonObject body) throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(Objects.requireNonNull(body.text("tree"))));
    builder.setMessage(Objects.requireNonNull(body.text("message")));
    for (Json parent : body.array("parents")) {
      builder.addParentId(ObjectId.fromString(((Json.Text) parent).value()));
    }
    PersonIdent bot =
        new PersonIdent(
            body.members().containsKey("author") ? "not the bot" : "github-actions[bot]",
            "41898282+github-actions[bot]@users.noreply.github.com",
            Instant.parse("2026-11-22T10:00:00Z"),
            ZoneOffset.UTC);
    builder.setAuthor(bot);
    builder.setCommitter(bot);
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(builder);
      inserter.flush();
      return id;
    }
  }

  private Optional<FakeReply> move(String resource, FakeGitHub.Request request)
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

  private JsonObject commit(ObjectId id) throws IOException {
    JsonObject commit = gitCommit(id);
    return Json.object().put("sha", id.name()).put("commit", commit.without("sha")).build();
  }

  private JsonObject gitCommit(ObjectId id) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id);
      return Json.object()
          .put("sha", id.name())
          .put("message", commit.getFullMessage())
          .put("tree", Json.object().put("sha", commit.getTree().name()).build())
          .build();
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
