package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One row of a table of tamperings: what is done to a ledger and what {@code optr verify} has to
 * say of it.
 *
 * @param kind the class that it is of
 * @param done in a few words
 * @param arguments behind {@code verify}
 * @param exit 0 intact, 4 tampered, 5 undecided
 * @param codes every E_ that is found, and the W_ that must be among the warnings
 */
public record Tampering(
    String kind, String done, List<String> arguments, int exit, List<String> codes) {
  public Tampering {
    arguments = List.copyOf(arguments);
    codes = List.copyOf(codes);
  }

  /** The whole command, which answers in JSON. */
  public List<String> command() {
    List<String> command = new ArrayList<>(List.of("verify", "--json"));
    command.addAll(arguments);
    return command;
  }

  /** The row as it came out, with all codes. */
  public Tampering found(ProgramProcess.Result result) {
    Set<String> codes = new TreeSet<>();
    JsonObject document = document(result);
    for (String list : List.of("findings", "warnings")) {
      document.array(list).stream()
          .map(finding -> String.valueOf(((JsonObject) finding).text("code")))
          .forEach(codes::add);
    }
    return new Tampering(kind, done, arguments, result.exit(), List.copyOf(codes));
  }

  /** Whether what came out is what this row says. */
  public boolean isBorneOutBy(Tampering found) {
    return exit == found.exit
        && errors(codes).equals(errors(found.codes))
        && new HashSet<>(found.codes).containsAll(codes);
  }

  private static Set<String> errors(List<String> codes) {
    return codes.stream().filter(code -> code.startsWith("E_")).collect(Collectors.toSet());
  }

  private static JsonObject document(ProgramProcess.Result result) {
    try {
      return JsonReader.readObject(result.out().getBytes(UTF_8));
    } catch (JsonException e) {
      throw new AssertionError(result.exit() + " " + result.log(), e);
    }
  }
}
