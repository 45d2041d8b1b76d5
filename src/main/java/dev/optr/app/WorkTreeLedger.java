package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toSet;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.FileChanges;
import dev.optr.ledger.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ledger files of a work tree. Whoever changes them holds the repository's lock; a file is
 * replaced as a whole by {@link dev.optr.base.Disk}, so that a reader sees the old or the new one.
 */
final class WorkTreeLedger {
  // What Disk writes beside a file before it takes the file's place; left there by a kill.
  private static final Pattern LEFTOVER =
      Pattern.compile("\\.(ledger|pr-\\d{1,9})\\.jsonl\\d+\\.tmp");

  private final Path root;

  WorkTreeLedger(Path root) {
    this.root = root;
  }

  List<Container> containers() {
    List<Container> containers = new ArrayList<>();
    for (String path : paths()) {
      file(path).ifPresent(bytes -> containers.add(new Container(path, bytes)));
    }
    return containers;
  }

  private List<String> paths() {
    return Stream.concat(
            Stream.of(Container.MAIN),
            names(RunLedger.SHARDS).map(name -> RunLedger.SHARDS + "/" + name))
        .filter(Container::isLedger)
        .toList();
  }

  Optional<Bytes> file(String path) {
    Path file = root.resolve(path);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(file + ": is no regular file; move it out of the way");
    }
    try {
      return Optional.of(Bytes.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }

  private Stream<String> names(String directory) {
    Path folder = root.resolve(directory);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList().stream();
    } catch (IOException e) {
      throw ServiceException.lasting("could not list " + folder, e);
    }
  }

  /** Removes what a killed process left half written beside the files. */
  void sweep() {
    for (String directory : List.of("datalake", RunLedger.SHARDS)) {
      names(directory)
          .filter(name -> LEFTOVER.matcher(name).matches())
          .forEach(name -> delete(root.resolve(directory).resolve(name)));
    }
  }

  private static void delete(Path leftover) {
    try {
      Files.deleteIfExists(leftover);
    } catch (IOException e) {
      throw ServiceException.lasting("could not delete the leftover " + leftover, e);
    }
  }

  /**
   * Refuses where files have lines that the commit lacks: they could be overwritten. A file that
   * has fewer is what a crash leaves between the moving of a branch and the writing of files.
   *
   * @param committed the ledger files of HEAD
   */
  void requireNothingNew(List<Container> committed) {
    Set<String> known = committed.stream().flatMap(WorkTreeLedger::lines).collect(toSet());
    for (Container container : containers()) {
      if (!lines(container).allMatch(known::contains)) {
        throw new UserException(
            "%s: has lines that HEAD has not; commit it or put it back ('git checkout HEAD -- %s'), or add --no-commit"
                .formatted(container.path(), container.path()));
      }
    }
  }

  private static Stream<String> lines(Container container) {
    return new String(container.bytes().toArray(), ISO_8859_1).lines();
  }

  /** Refuses before anything is written where a file or its directory is read-only. */
  void requireWritable(FileChanges changes) {
    TreeSet<String> paths = new TreeSet<>(changes.written().keySet());
    paths.addAll(changes.deleted());
    for (String path : paths) {
      Path file = root.resolve(path);
      requireWritable(file);
      Path directory = file.getParent();
      while (directory != null && Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
        directory = directory.getParent();
      }
      if (directory != null) {
        requireWritable(directory);
      }
    }
  }

  /** The mode counts also for root, who could write all the same: somebody meant it. */
  private static void requireWritable(Path file) {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      boolean writable =
          Files.isWritable(file)
              && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                  .anyMatch(WorkTreeLedger::isWrite);
      if (!writable) {
        throw new UserException(
            file + ": is read-only, so nothing was changed; 'chmod u+w' it first");
      }
    } catch (IOException e) {
      throw ServiceException.lasting("could not look at " + file, e);
    }
  }

  private static boolean isWrite(PosixFilePermission permission) {
    return permission == PosixFilePermission.OWNER_WRITE
        || permission == PosixFilePermission.GROUP_WRITE
        || permission == PosixFilePermission.OTHERS_WRITE;
  }
}
