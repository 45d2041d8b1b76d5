package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.UserException;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobsTold;
import dev.optr.ledger.SshPublicKey;
import dev.optr.ledger.SshSignature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What jobs came to where there is no GitHub that tells it: lines of JSON, one per result, signed
 * as a whole by whoever ran them (docs/evidence.md). Nothing of an unsigned file is read.
 */
public final class EvidenceFile {
  /** What {@code ssh-keygen -Y sign -n} is given. */
  public static final String NAMESPACE = "optr-evidence";

  /** In bytes: 256 jobs of 8 steps, several attempts each, fit in. */
  public static final int LARGEST = 8 << 20;

  private static final int MOST_PROBLEMS = 50;

  private final String name;
  private final String bundle;
  private final List<ExpectedJob> expected;
  private final Map<JobKey, Integer> seen = new HashMap<>();
  private final List<JobRun> runs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private EvidenceFile(String name, String bundle, List<ExpectedJob> expected) {
    this.name = name;
    this.bundle = bundle;
    this.expected = expected;
  }

  /** There is one result for each of these. */
  private record JobKey(String row, String invariant, @Nullable String image, int attempt) {}

  /**
   * Reads a file.
   *
   * @param name of the file, for messages
   * @param content at most {@link #LARGEST} bytes
   * @param armoured the text of the file's {@code .sig}
   * @param key of those who may tell
   * @param bundle digest of the bundle that the results must be about, 64 hex digits
   * @param expected the jobs that were to run
   * @throws UserException saying all that is wrong with it
   */
  public static JobsTold read(
      String name,
      Bytes content,
      String armoured,
      SshPublicKey key,
      String bundle,
      List<ExpectedJob> expected) {
    checkSignature(name, content, armoured, key);
    EvidenceFile file = new EvidenceFile(name, bundle, expected);
    String[] lines = content.utf8().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean end = i == lines.length - 1 && lines[i].isEmpty();
      if (!end) {
        file.add(lines[i], i + 1);
      }
    }
    file.throwProblems();
    return new JobsTold(
        ExpectedJob.rows(expected), ExpectedJob.images(expected), file.runs, List.of());
  }

  private static void checkSignature(
      String name, Bytes content, String armoured, SshPublicKey key) {
    if (content.size() > LARGEST) {
      throw new UserException(
          "%s: has %d bytes; at most %d are read".formatted(name, content.size(), LARGEST));
    }
    Optional<SshSignature> signature = SshSignature.parse(armoured);
    String again = "; sign it with 'ssh-keygen -Y sign -n %s -f KEY %s'".formatted(NAMESPACE, name);
    if (signature.isEmpty()) {
      throw new UserException(name + ".sig: is no SSH signature made with an Ed25519 key" + again);
    }
    if (!signature.get().key().equals(key)) {
      throw new UserException(
          "%s.sig: is by the key %s, expected %s%s"
              .formatted(name, signature.get().key().fingerprint(), key.fingerprint(), again));
    }
    if (!signature.get().namespace().equals(NAMESPACE)) {
      throw new UserException(
          name + ".sig: is for another namespace than '" + NAMESPACE + "'" + again);
    }
    if (!signature.get().isGood(content.toArray())) {
      throw new UserException(
          name + ".sig: does not fit the file, which was changed after it was signed" + again);
    }
  }

  private void add(String text, int number) {
    Optional<JsonObject> object = object(text, number);
    if (object.isEmpty()) {
      return;
    }
    EvidenceLine line = new EvidenceLine(object.get());
    Optional<JobRun> run = line.run(bundle, expected);
    line.problems().forEach(problem -> problem(number, problem));
    run.ifPresent(told -> add(told, number));
  }

  private void add(JobRun run, int number) {
    JobKey key = new JobKey(run.row(), run.invariant(), run.image(), run.attempt());
    Integer before = seen.putIfAbsent(key, number);
    if (before != null) {
      problem(
          number,
          "is about the same row, invariant, image and attempt as line "
              + before
              + "; write each once");
    }
    runs.add(run);
  }

  private Optional<JsonObject> object(String text, int number) {
    try {
      if (JsonReader.read(text) instanceof JsonObject object) {
        return Optional.of(object);
      }
      problem(number, "is no JSON object; write one per line");
    } catch (JsonException e) {
      problem(number, "is no JSON (" + e.getMessage() + "); write one object per line");
    }
    return Optional.empty();
  }

  private void problem(int number, String said) {
    problems.add(name + ":" + number + ": " + said);
  }

  private void throwProblems() {
    if (problems.size() > MOST_PROBLEMS) {
      List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
      first.add(name + ": and " + (problems.size() - MOST_PROBLEMS) + " more");
      throw new UserException(first);
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }
}
