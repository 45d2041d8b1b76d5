package dev.optr.agents.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.FailureCode;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.ToolResult;
import dev.optr.agents.Turn;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import java.util.List;
import java.util.stream.Collectors;

/** Makes of what the loop says one message of plain text, which fits into what a service takes. */
final class Fitting {
  private Fitting() {}

  /** Instructions and data, where a service knows no difference. */
  static String whole(Prompt prompt) {
    return prompt.instructions() + prompt.data();
  }

  static Turn tooLong(int bytes) {
    return Turn.failed(
        FailureCode.TRUNCATED,
        "the smallest prompt has more than %d bytes, which is all that one message may have; shorten the wish or the constraints"
            .formatted(bytes));
  }

  static String text(Message message) {
    return switch (message) {
      case Message.Results(List<ToolResult> results) ->
          results.stream().map(ToolResult::text).collect(Collectors.joining("\n"));
      case Message.Text(String words) -> words;
      case Message.Resume _ -> "Go on.";
    };
  }

  /** Bytes in UTF-8 as JSON text. */
  static int size(String text) {
    return CompactJson.exact(Json.text(text)).getBytes(UTF_8).length;
  }

  /** The text, or as much of its beginning as fits, with a mark that says what is missing. */
  static String within(int bytes, String text) {
    if (size(text) <= bytes) {
      return text;
    }
    int fits = 0;
    int beyond = text.length();
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      if (size(cut(text, middle)) <= bytes) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return cut(text, fits);
  }

  private static String cut(String text, int length) {
    int whole =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, whole)
        + "\n[optr: cut here, %d more characters do not fit into one message; ask for less at once]"
            .formatted(text.length() - whole);
  }
}
