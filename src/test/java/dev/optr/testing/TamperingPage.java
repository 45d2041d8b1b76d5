package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of docs/tampering.md, which are those that the command line is held to; {@code
 * -Dgolden.update=true} writes them anew.
 */
public final class TamperingPage {
  private static final Path PAGE = Path.of("docs", "tampering.md");
  private static final List<String> MEMORIES = List.of("--head", "--size", "--since", "--anchor");
  private static final String HEADER =
      "| class | done | known | said | exit |\n|---|---|---|---|---|\n";

  private TamperingPage() {}

  /** Compares the table under a heading of the second level with these rows. */
  public static void check(String heading, List<Tampering> rows) {
    try {
      String page = Files.readString(PAGE);
      Pattern section =
          Pattern.compile(
              "(?<=## " + Pattern.quote(heading) + "\n)(.*?)(?=\n## |\\z)", Pattern.DOTALL);
      String wanted = "\n" + HEADER + table(rows);
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(
            PAGE, section.matcher(page).replaceFirst(Matcher.quoteReplacement(wanted)));
      }
      assertThat(Files.readString(PAGE)).contains("## " + heading + "\n" + wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(List<Tampering> rows) {
    return rows.stream().map(TamperingPage::row).collect(Collectors.joining());
  }

  private static String row(Tampering row) {
    String known =
        row.arguments().stream().filter(MEMORIES::contains).collect(Collectors.joining(" "));
    String codes = String.join(" ", row.codes());
    return "| %s | %s | %s | %s | %d |\n"
        .formatted(row.kind(), row.done(), known, codes, row.exit());
  }
}
