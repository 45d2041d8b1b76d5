package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;

/**
 * Makes a commit's tree (REST API, "Create a tree"): texts stand in the request itself, so that a
 * dozen of files is one request; everything else is made a blob first.
 */
final class NewTree {
  /** GitHub gives up on requests for large trees; this many entries were always answered. */
  private static final int MOST_ENTRIES = 100;

  private static final int LONGEST_TEXT = 1 << 20;

  private static final int MOST_BYTES = 8 << 20;

  private final GHRepository repository;
  private final Endpoint endpoint;
  private final Transport transport;
  private final List<Json> entries = new ArrayList<>();
  private int bytes;
  private @Nullable String tree;

  NewTree(GHRepository repository, Endpoint endpoint, Transport transport) {
    this.repository = repository;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /** Makes the tree of a commit and gives its id. */
  String of(NewCommit commit) throws IOException {
    tree = base(commit);
    for (Map.Entry<String, TreeEdit> edit : commit.ordered().entrySet()) {
      if (edit.getValue() instanceof TreeEdit.Delete) {
        add(entry(edit.getKey(), "100644").put("sha", Json.NULL).build(), 0);
      }
    }
    if (commit.replacesDirectories()) {
      // A file that takes a directory's place, or the reverse, needs the place to be free.
      flush();
    }
    for (Map.Entry<String, TreeEdit> edit : commit.ordered().entrySet()) {
      if (edit.getValue() instanceof TreeEdit.Put put) {
        add(edit.getKey(), put);
      }
    }
    flush();
    if (tree == null) {
      throw new IllegalStateException("a commit without base has an entry");
    }
    return tree;
  }

  private @Nullable String base(NewCommit commit) throws IOException {
    if (commit.base() == null || commit.baseTree() != null) {
      return commit.baseTree();
    }
    Json known =
        transport.sendJson("GET", endpoint.resource("git/commits/" + commit.base()), Json.NULL);
    return GitObject.id(GitObject.member(known, "tree"));
  }

  private void add(String path, TreeEdit.Put put) throws IOException {
    Json.Builder entry = entry(path, put.mode());
    Optional<String> text = text(put.content());
    if (text.isPresent()) {
      add(entry.put("content", text.get()).build(), put.content().size());
    } else {
      add(entry.put("sha", blob(put.content())).build(), 0);
    }
  }

  private void add(JsonObject entry, int size) throws IOException {
    if (entries.size() == MOST_ENTRIES || bytes + size > MOST_BYTES) {
      flush();
    }
    entries.add(entry);
    bytes += size;
  }

  private void flush() throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    Json.Builder body = Json.object();
    if (tree != null) {
      body.put("base_tree", tree);
    }
    JsonObject request = body.put("tree", Json.array(entries)).build();
    tree = GitObject.id(transport.sendJson("POST", endpoint.resource("git/trees"), request));
    entries.clear();
    bytes = 0;
  }

  private static Json.Builder entry(String path, String mode) {
    return Json.object().put("path", path).put("mode", mode).put("type", "blob");
  }

  /** Empty where the bytes are not exactly a text, or one that is better sent by itself. */
  private static Optional<String> text(Bytes content) {
    if (content.size() == 0 || content.size() > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toArray())).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private String blob(Bytes content) throws IOException {
    return repository.createBlob().binaryContent(content.toArray()).create().getSha();
  }
}
