package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Commits with ledger files, held in memory; a version's id is its digest. */
final class MadeHistory implements LedgerHistory {
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, Map<String, String>> states = new HashMap<>();
  private final Map<String, byte[]> versions = new HashMap<>();
  private final Map<String, List<Container>> containers = new HashMap<>();
  private final List<String> tips = new ArrayList<>();
  private int bytesRead;

  /** A commit on the default branch upon the one before, if there is one. */
  String commit(Container... files) {
    List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().commit());
    return commit(parents, Line.DEFAULT_BRANCH, files);
  }

  String commit(List<String> parents, Line line, Container... files) {
    return add(parents, line, true, files);
  }

  /** A commit whose parents a shallow clone has not got. */
  String cut(Container... files) {
    return add(List.of(), Line.DEFAULT_BRANCH, false, files);
  }

  /** A first commit with that id. */
  void named(String id, boolean whole, Container... files) {
    add(id, List.of(), Line.ANY, whole, files);
  }

  private String add(List<String> parents, Line line, boolean whole, Container... files) {
    return add("%040x".formatted(revisions.size() + 1), parents, line, whole, files);
  }

  private String add(
      String id, List<String> parents, Line line, boolean whole, Container... files) {
    Map<String, String> state = new TreeMap<>();
    for (Container file : files) {
      byte[] bytes = file.bytes().toArray();
      state.put(file.path(), file.bytes().sha256());
      versions.put(file.bytes().sha256(), bytes);
    }
    states.put(state.toString(), state);
    containers.put(id, List.of(files));
    revisions.add(new Revision(id, parents, state.toString(), whole, line));
    tips.clear();
    tips.add(id);
    return id;
  }

  /** More than one commit whose files are verified together. */
  void tips(String... commits) {
    tips.clear();
    tips.addAll(List.of(commits));
  }

  /** The files that the tips have. */
  List<Container> verified() {
    return tips.stream().flatMap(tip -> containers.getOrDefault(tip, List.of()).stream()).toList();
  }

  List<Container> containers(String commit) {
    return containers.getOrDefault(commit, List.of());
  }

  int bytesRead() {
    return bytesRead;
  }

  @Override
  public List<Revision> revisions() {
    return revisions;
  }

  @Override
  public List<String> tips() {
    return tips;
  }

  @Override
  public @Nullable String main(String state) {
    return files(state).get(Container.MAIN);
  }

  @Override
  public Map<String, String> files(String state) {
    return states.getOrDefault(state, Map.of());
  }

  @Override
  public List<Change> changes(@Nullable String before, String after) {
    Map<String, String> old = before == null ? Map.of() : files(before);
    Map<String, String> fresh = files(after);
    TreeSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(fresh.keySet());
    return paths.stream()
        .map(path -> new Change(path, old.get(path), fresh.get(path)))
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .toList();
  }

  @Override
  public int sharedPrefix(String version, String other) {
    byte[] one = bytes(version);
    int mismatch = Arrays.mismatch(one, bytes(other));
    return mismatch < 0 ? one.length : mismatch;
  }

  @Override
  public byte[] from(String version, int offset) {
    byte[] bytes = bytes(version);
    bytesRead += bytes.length - offset;
    return Arrays.copyOfRange(bytes, offset, bytes.length);
  }

  private byte[] bytes(String version) {
    return versions.getOrDefault(version, new byte[0]);
  }

  /** A ledger file with lines of the signed golden ledger. */
  static Container file(String path, int... lines) {
    Forge golden = Forge.golden("ledger-full.jsonl");
    StringBuilder text = new StringBuilder();
    for (int line : lines) {
      text.append(golden.line(line)).append('\n');
    }
    return new Container(path, Bytes.of(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  static Container main(int... lines) {
    return file(Container.MAIN, lines);
  }

  static Container shard(int... lines) {
    return file(Container.shard(7), lines);
  }
}
