package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A repository in memory: anchors with their ledger files, and an anchor log made by hand. */
final class PlayedLog implements LogSource {
  static final String EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

  private final Map<String, LogCommit> commits = new HashMap<>();
  private final Map<String, List<Container>> containers = new HashMap<>();
  private boolean shallow;

  /** An anchor as a receipt asks for it; gives what the log shall say of it. */
  LoggedAnchor anchor(Receipt receipt, List<Container> files, @Nullable Integer pr) {
    String message = "Record OPTR decision\n\n" + receipt.trailers();
    String id = add(message, "1".repeat(40), List.of(Samples.HEAD), null);
    containers.put(id, List.copyOf(files));
    return LoggedAnchor.of(id, message, pr).orElseThrow();
  }

  /** A commit of the log as an honest writer makes it. */
  String log(Optional<String> previous, long number, LoggedAnchor anchor, Signer... signer) {
    List<String> parents = new ArrayList<>(previous.stream().toList());
    parents.add(anchor.commit());
    return log(parents, new LogEntry(number, anchor).text(), signer);
  }

  /** A commit of the log with whatever parents and message. */
  String log(List<String> parents, String message, Signer... signer) {
    return add(message, EMPTY_TREE, parents, signer.length == 0 ? null : signer[0]);
  }

  /** Any commit; its id is a digest over all it holds. */
  String add(String message, String tree, List<String> parents, @Nullable Signer signer) {
    String object = tree + "\n" + parents + "\n" + message;
    Bytes signed = Bytes.utf8(object);
    String signature =
        signer == null
            ? null
            : signer.sign(object.getBytes(UTF_8), SshSignature.GIT).armoured().strip();
    String id = Digest.sha256((object + signature).getBytes(UTF_8)).substring(0, 40);
    commits.put(id, new LogCommit(id, tree, parents, message, signature, signed));
    return id;
  }

  /** The same commit in all but its signature. */
  String resigned(String id, String signature) {
    LogCommit old = commits.get(id);
    if (old == null) {
      throw new IllegalArgumentException(id);
    }
    String other = Digest.sha256((id + signature).getBytes(UTF_8)).substring(0, 40);
    commits.put(
        other,
        new LogCommit(other, old.tree(), old.parents(), old.message(), signature, old.signed()));
    return other;
  }

  /** Files at a commit, which is made for them where it is not there. */
  void files(String id, List<Container> files) {
    commits.putIfAbsent(
        id, new LogCommit(id, "2".repeat(40), List.of(), "base\n", null, Bytes.utf8("base")));
    containers.put(id, List.copyOf(files));
  }

  void lose(String id) {
    commits.remove(id);
    containers.remove(id);
  }

  void cutHistory() {
    shallow = true;
  }

  @Override
  public Optional<LogCommit> commit(String id) {
    return Optional.ofNullable(commits.get(id));
  }

  @Override
  public boolean isShallow() {
    return shallow;
  }

  /** The ledger files of a commit. */
  List<Container> filesAt(String commit) {
    return containers.getOrDefault(commit, List.of());
  }
}
