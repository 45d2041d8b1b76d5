package dev.optr.git;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a commit holds, read from objects, without the top-level entry {@code datalake}: nobody
 * reads rivals' earlier answers.
 */
public final class FrozenTree {
  private final String commit;
  private final String tree;
  private final Map<String, File> byPath;
  private final List<File> files;
  private final GitRepository repository;

  FrozenTree(GitRepository repository, String commit, String tree, List<File> files) {
    this.repository = repository;
    this.commit = commit;
    this.tree = tree;
    this.files = List.copyOf(files);
    // Names that are no UTF-8 are read as Latin-1, so that two of them can give one text.
    this.byPath = HashMap.newHashMap(files.size());
    files.forEach(file -> byPath.putIfAbsent(file.path(), file));
  }

  /**
   * @param mode git's mode, six octal digits
   * @param blob id of the content, or of the commit for a submodule
   */
  public record File(String path, String mode, String blob) {
    /** A regular file, executable or not; no symlink, no submodule. */
    public boolean isRegular() {
      return mode.equals("100644") || mode.equals("100755");
    }
  }

  /** The commit it was read from. */
  public String commit() {
    return commit;
  }

  /** Id of the commit's tree without {@code datalake}. Stays the same for a filtered view. */
  public String tree() {
    return tree;
  }

  /** All files, paths in byte order. */
  public List<File> files() {
    return files;
  }

  public Optional<File> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /**
   * The whole content of a file of this tree.
   *
   * @throws java.util.NoSuchElementException where there is none at that path
   */
  public byte[] read(String path) {
    return repository.blob(find(path).orElseThrow().blob());
  }

  /** Opens a reader of this tree's contents, for one thread at a time. */
  public BlobReader blobs() {
    return repository.blobs();
  }

  /** The same tree, showing only files whose path the predicate takes. */
  public FrozenTree showing(Predicate<String> visible) {
    return new FrozenTree(
        repository,
        commit,
        tree,
        files.stream().filter(file -> visible.test(file.path())).toList());
  }
}
