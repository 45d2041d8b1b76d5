package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CompactJson;
import dev.optr.base.Disk;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.base.ServiceException;
import dev.optr.workflow.AgentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was paid for is kept: each whole answer under {@code runs/<input digest>}, readable by its
 * owner alone, until the run is anchored. Prose is redacted before it touches the disk; an answer
 * whose edits hold one of our credentials is not stored, because edits must be replayable as they
 * are.
 */
public final class AnswerStore {
  private static final String FORMAT = "optr-answer@v1";
  private static final long LARGEST = 64 << 20;
  // A provider's message may use all of the standard depth, and here it lies some levels deeper.
  private static final JsonReader READER = JsonReader.withDepth(80);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

  private final Path root;
  private final Disk disk;
  private final Redactor redactor;

  /**
   * @param root the directory that holds {@code runs}; need not exist
   */
  public AnswerStore(Path root, Disk disk, Redactor redactor) {
    this.root = root;
    this.disk = disk;
    this.redactor = redactor;
  }

  /** What an earlier run kept for this input and this very configuration of the lane. */
  public Optional<Answer> find(String inputDigest, AgentSpec lane) {
    Path file = file(inputDigest, lane);
    if (!isOurs(file)) {
      return Optional.empty();
    }
    try {
      return read(Files.readAllBytes(file), inputDigest, lane);
    } catch (JsonException | IOException damaged) {
      // Asking again is what mends a file that cannot be used.
      return Optional.empty();
    }
  }

  /** Keeps an answer, unless asking again costs nothing and may go better. */
  public void keep(String inputDigest, AgentSpec lane, Answer answer) {
    AnswerRedaction redaction = new AnswerRedaction(redactor);
    if (!isWorthKeeping(answer) || redaction.editsHoldACredential(answer)) {
      return;
    }
    Path file = file(inputDigest, lane);
    JsonObject document =
        Json.object()
            .put("format", FORMAT)
            .put("inputDigest", inputDigest)
            .put("agent", lane.name())
            .put("configuration", lane.digest())
            .put("answer", AnswerJson.write(redaction.redact(answer)))
            .build();
    makePrivateDirectory(file);
    disk.writePrivate(file, CompactJson.exact(document).getBytes(UTF_8));
  }

  /** Forgets all answers to an input, once they are anchored. */
  public void remove(String inputDigest) {
    Path directory = directory(inputDigest);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        disk.delete(file);
      }
      disk.delete(directory);
    } catch (IOException e) {
      throw ServiceException.lasting("could not remove the kept answers in " + directory, e);
    }
  }

  private static boolean isWorthKeeping(Answer answer) {
    return switch (answer) {
      case Answer.Proposed _, Answer.Declined _ -> true;
      case Answer.Failed failed -> !failed.code().isOutage();
      case Answer.NotAsked _ -> false;
    };
  }

  private static Optional<Answer> read(byte[] bytes, String inputDigest, AgentSpec lane)
      throws JsonException {
    if (READER.parse(bytes) instanceof JsonObject document
        && FORMAT.equals(document.text("format"))
        && inputDigest.equals(document.text("inputDigest"))
        && lane.name().equals(document.text("agent"))
        && lane.digest().equals(document.text("configuration"))) {
      return Optional.of(AnswerJson.read(document.object("answer")));
    }
    return Optional.empty();
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= LARGEST
          && PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private void makePrivateDirectory(Path file) {
    try {
      Files.createDirectories(
          file.toAbsolutePath().getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw ServiceException.lasting("could not make the directory of " + file, e);
    }
  }

  private Path file(String inputDigest, AgentSpec lane) {
    check(NAME, lane.name());
    check(DIGEST, lane.digest());
    return directory(inputDigest).resolve(lane.name() + "-" + lane.digest() + ".json");
  }

  private Path directory(String inputDigest) {
    check(DIGEST, inputDigest);
    return root.resolve("runs").resolve(inputDigest);
  }

  private static void check(Pattern allowed, String name) {
    if (!allowed.matcher(name).matches()) {
      throw new IllegalArgumentException("no name for a file: '" + name + "'");
    }
  }
}
