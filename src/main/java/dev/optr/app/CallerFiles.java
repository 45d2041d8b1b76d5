package dev.optr.app;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.workflow.CallerFile;
import dev.optr.workflow.CallerFinding;
import dev.optr.workflow.CallerLint;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The GitHub workflows of a work tree, of which some may call the Action. */
final class CallerFiles {
  private static final String DIRECTORY = ".github/workflows";
  private static final int MOST_FILES = 500;
  // One more than is read as YAML, so that a longer file is refused there by its size.
  private static final int MOST_BYTES = (128 << 10) + 1;

  private final Path root;

  CallerFiles(Path root) {
    this.root = root;
  }

  /**
   * What is wrong with them.
   *
   * @param policy the workflow file of this work tree; null = it could not be read
   * @param policyFile as messages name it
   */
  List<CallerFinding> check(@Nullable Workflow policy, String policyFile) {
    CallerLint lint = isOwnRepository() ? CallerLint.ofOwnRepository() : CallerLint.ofUsers();
    return lint.check(files(), policy, policyFile);
  }

  /** Where {@code ./} is the Action: action.yml says whose it is. */
  private boolean isOwnRepository() {
    Path action = root.resolve("action.yml");
    return Files.isRegularFile(action, NOFOLLOW_LINKS)
        && read(action).utf8().lines().anyMatch("name: optr-executor"::equals);
  }

  private List<CallerFile> files() {
    Path directory = root.resolve(DIRECTORY);
    if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(CallerFiles::isWorkflow)
          .sorted()
          .limit(MOST_FILES)
          .map(file -> new CallerFile(DIRECTORY + "/" + file.getFileName(), read(file)))
          .toList();
    } catch (IOException e) {
      throw ServiceException.lasting("could not list " + directory, e);
    }
  }

  private static boolean isWorkflow(Path file) {
    String name = String.valueOf(file.getFileName());
    return (name.endsWith(".yml") || name.endsWith(".yaml"))
        && Files.isRegularFile(file, NOFOLLOW_LINKS);
  }

  private static Bytes read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(MOST_BYTES));
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
