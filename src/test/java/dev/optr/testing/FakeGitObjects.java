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
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The git database part of the pretended GitHub. */
final class FakeGitObjects implements AutoCloseable {
  private static final Pattern COMMIT = Pattern.compile("git/commits/([0-9a-f]{40})");
  private static final String ROOT = "/repos/" + FakeGitHub.REPOSITORY;

  private final Repository repository;
  private final FakeReferences references;

  FakeGitObjects(Path bareRepository, String baseUrl) {
    try {
      repository =
          new FileRepositoryBuilder().setGitDir(bareRepository.toFile()).setMustExist(true).build();
      references = new FakeReferences(repository, baseUrl);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeReferences references() {
    return references;
  }

  boolean hasCommit(String sha) {
    try {
      return repository.resolve(sha + "^{commit}") != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a ref stands. */
  Optional<String> tip(String ref) {
    try {
      return Optional.ofNullable(repository.resolve(ref)).map(ObjectId::name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<FakeReply> answer(FakeGitHub.Request request) throws JsonException {
    // A plus sign is no blank in a path, as it is in a form.
    String encoded = request.path().replaceFirst("\\?.*", "").replace("+", "%2B");
    String path = URLDecoder.decode(encoded, UTF_8);
    if (!path.startsWith(ROOT + "/")) {
      return Optional.empty();
    }
    String resource = path.substring(ROOT.length() + 1);
    try {
      return switch (request.method()) {
        case "GET" -> references.read(resource).or(() -> read(resource));
        case "POST" -> make(resource, request);
        case "PATCH" -> references.move(resource, request);
        case "DELETE" -> references.delete(resource);
        default -> Optional.empty();
      };
    } catch (MissingObjectException e) {
      return Optional.of(FakeReply.error(422, "Object does not exist"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<FakeReply> read(String resource) {
    Matcher commit = COMMIT.matcher(resource);
    if (!commit.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(FakeReply.json(200, gitCommit(ObjectId.fromString(commit.group(1)))));
    } catch (IOException unknown) {
      return Optional.of(FakeReply.error(404, "Not Found"));
    }
  }

  private Optional<FakeReply> make(String resource, FakeGitHub.Request request)
      throws IOException, JsonException {
    JsonObject body = JsonReader.readObject(request.body().getBytes(UTF_8));
    return switch (resource) {
      case "git/blobs" -> Optional.of(made(blob(body)));
      case "git/trees" -> Optional.of(madeTree(body));
      case "git/refs" -> Optional.of(references.create(body));
      case "git/commits" -> Optional.of(FakeReply.json(201, gitCommit(commit(body))));
      default -> Optional.empty();
    };
  }

  private static FakeReply made(ObjectId id) {
    return FakeReply.json(201, Json.object().put("sha", id.name()).build());
  }

  private FakeReply madeTree(JsonObject body) throws IOException {
    return tree(body)
        .map(id -> Json.object().put("sha", id.name()))
        .map(tree -> tree.put("truncated", false).put("tree", Json.array(List.of())).build())
        .map(tree -> FakeReply.json(201, tree))
        .orElseGet(() -> FakeReply.error(422, "GitRPC::BadObjectState"));
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

  private Optional<ObjectId> tree(JsonObject body) throws IOException {
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
        JsonObject edit = (JsonObject) entry;
        if (isDeletionOfNothing(edit, index)) {
          return Optional.empty();
        }
        editor.add(edit(edit));
      }
      editor.finish();
      ObjectId id = index.writeTree(inserter);
      inserter.flush();
      return Optional.of(id);
    }
  }

  private static boolean isDeletionOfNothing(JsonObject entry, DirCache index) {
    return entry.get("sha") instanceof Json.Null && index.getEntry(path(entry)) == null;
  }

  private DirCacheEditor.PathEdit edit(JsonObject entry) throws IOException {
    if (entry.get("sha") instanceof Json.Null) {
      return new DirCacheEditor.DeletePath(path(entry));
    }
    String sha = entry.text("sha");
    ObjectId blob = sha == null ? blob(entry) : ObjectId.fromString(sha);
    FileMode mode =
        switch (String.valueOf(entry.text("mode"))) {
          case "100755" -> FileMode.EXECUTABLE_FILE;
          case "120000" -> FileMode.SYMLINK;
          default -> FileMode.REGULAR_FILE;
        };
    return new DirCacheEditor.PathEdit(path(entry)) {
      @Override
      public void apply(DirCacheEntry changed) {
        changed.setFileMode(mode);
        changed.setObjectId(blob);
      }
    };
  }

  private static String path(JsonObject entry) {
    return Objects.requireNonNull(entry.text("path"));
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
