package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Digest;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A frozen commit, rows upon it, a bundle of them and a checkout of the frozen commit, all by git
 * itself.
 */
final class ApplySite {
  static final String ROW = "codex";
  private final Path directory;
  private final RealGit author;

  ApplySite(Path directory) {
    this.directory = directory;
    this.author = RealGit.in(directory.resolve("author"));
  }

  /** Where rows are written by hand; its files are those of the commit that was made last. */
  Path author() {
    return made("author");
  }

  Path bundle() {
    return directory.resolve("optr-bundle");
  }

  Path workspace() {
    return directory.resolve("workspace");
  }

  RealGit workspaceGit() {
    return RealGit.in(workspace());
  }

  /** Commits all that the author wrote as the frozen commit; gives its id. */
  String freeze() {
    commit();
    author.text("update-ref", "refs/heads/frozen", "HEAD");
    return frozen();
  }

  String frozen() {
    return author.text("rev-parse", "refs/heads/frozen").strip();
  }

  /** Commits all that the author wrote as a row, and puts the author back on the frozen commit. */
  void row(String name) {
    commit();
    author.text("update-ref", "refs/optr/rows/" + name, "HEAD");
    author.text("reset", "-q", "--hard", "refs/heads/frozen");
    author.text("clean", "-q", "-ffdx");
  }

  private void commit() {
    author.text("init", "-q", "-b", "main");
    author.text("add", "-A", "-f");
    author.text(
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.org",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "made");
  }

  /** A commit that a shallow checkout gives, as a runner's does. */
  void checkOut(String commit) {
    RealGit git = RealGit.in(made("workspace"));
    git.text("init", "-q", "-b", "unborn");
    git.text("fetch", "-q", "--depth", "1", "file://" + author(), commit);
    git.text("checkout", "-q", "--detach", "FETCH_HEAD");
    delete(workspace().resolve(".git/FETCH_HEAD"));
  }

  /** What git's own checkout of a row gives. */
  SortedMap<String, String> expected(String row) {
    author.text("worktree", "add", "-q", "--detach", "../expected", "refs/optr/rows/" + row);
    delete(directory.resolve("expected/.git"));
    return files(directory.resolve("expected"));
  }

  /** Kind, mode and content of everything below a directory but {@code .git}. */
  static SortedMap<String, String> files(Path root) {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(path -> !path.equals(root)).toList()) {
        String name = root.relativize(file).toString();
        boolean git = name.equals(".git") || name.startsWith(".git/");
        if (!git && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          found.put(name, describe(file));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "-> " + Files.readSymbolicLink(file);
    }
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
    return PosixFilePermissions.toString(modes) + " " + Digest.sha256(Files.readAllBytes(file));
  }

  /** All bytes of the repository's own directory, and its refs. */
  SortedMap<String, String> repository() {
    return files(workspace().resolve(".git"));
  }

  Path write(String path, String text) {
    return write(author(), path, text);
  }

  static Path write(Path root, String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      return Files.write(file, text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the bundle of a frozen commit and all rows; gives its digest. */
  String pack() {
    write(
        bundle(),
        "bundle.json",
        "{\"format\": \"optr-bundle@v1\", \"frozen\": {\"base\": null, \"commit\": \"%s\"}}\n"
            .formatted(frozen()));
    List<String> command = new ArrayList<>(List.of("bundle", "create", "-q"));
    command.addAll(List.of(bundle().resolve("rows.bundle").toString(), "^" + frozen()));
    List<String> rows =
        author.text("for-each-ref", "--format=%(refname)", "refs/optr/rows").lines().toList();
    command.addAll(rows);
    if (!rows.isEmpty()) {
      author.text(command.toArray(String[]::new));
    }
    return sum();
  }

  /** Writes SHA256SUMS anew over what lies in the bundle; gives its digest. */
  String sum() {
    delete(bundle().resolve("SHA256SUMS"));
    StringBuilder sums = new StringBuilder();
    files(bundle())
        .forEach(
            (name, described) ->
                sums.append(described.substring(described.indexOf(' ') + 1))
                    .append("  ")
                    .append(name)
                    .append('\n'));
    write(bundle(), "SHA256SUMS", sums.toString());
    return Digest.sha256(sums.toString().getBytes(UTF_8));
  }
}
