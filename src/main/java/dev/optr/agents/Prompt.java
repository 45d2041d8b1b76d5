package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CompactJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.intent.Intent;
import java.util.List;

/**
 * What a lane is told: our instructions, and apart from them the data that others wrote. The same
 * input and budget give the same prompt, byte for byte.
 *
 * @param instructions the contract; nothing in it comes from the frozen tree or the wish
 * @param data the wish, the list of files and their contents, between markers that whoever wrote
 *     the data could not know
 * @param clipped the list of files was cut short because of the budget; contents that are not shown
 *     can be read by tools
 * @param digest SHA-256 of {@code optr-prompt@v1}, 0x00, instructions, 0x00 and data
 */
public record Prompt(String instructions, String data, boolean clipped, String digest) {

  /**
   * @param question what the lane may see
   * @param characterBudget the most UTF-16 code units of data, give or take the wish itself; no
   *     matter to a working copy, which holds the files
   * @param protocol how the lane's model calls tools
   */
  public static Prompt of(Question question, int characterBudget, Provider.Protocol protocol) {
    Intent intent = question.intent();
    PromptFiles files =
        protocol == Provider.Protocol.WORKING_COPY
            ? new PromptFiles(List.of(), 0, false)
            : PromptFiles.choose(question.tree(), characterBudget - intent.text().length());
    String marker = marker(intent, files);
    String instructions = PromptText.instructions(question, protocol, marker);
    String data = PromptText.data(intent, files, marker);
    byte[] both = (instructions + "\0" + data).getBytes(UTF_8);
    return new Prompt(instructions, data, files.clipped(), Digest.tagged("optr-prompt@v1", both));
  }

  /** The same for a model that turned out to have no tools: their protocol is explained in text. */
  public Prompt explaining(List<Tool> tools) {
    String explained = instructions + "\n" + TextProtocol.instructions(tools);
    byte[] both = (explained + "\0" + data).getBytes(UTF_8);
    return new Prompt(explained, data, clipped, Digest.tagged("optr-prompt@v1", both));
  }

  /** UTF-16 code units. */
  public long length() {
    return (long) instructions.length() + data.length();
  }

  /** Instructions and data as one JSON text in UTF-8. */
  int jsonBytes() {
    return CompactJson.exact(Json.text(instructions + data)).getBytes(UTF_8).length;
  }

  /** As the transcript has it: the data is named by digest, it can be had again from the tree. */
  public JsonObject line() {
    return Json.object()
        .put("role", "prompt")
        .put("instructions", instructions)
        .put("dataSha256", Digest.sha256(data.getBytes(UTF_8)))
        .put("dataCharacters", data.length())
        .put("promptDigest", digest)
        .build();
  }

  /**
   * A marker that depends on all of the data, so that nobody can write it into the data; should it
   * stand there all the same, the next one is taken, and nothing has to be altered.
   */
  private static String marker(Intent intent, PromptFiles files) {
    for (int attempt = 0; ; attempt++) {
      String seed = intent.digest() + " " + attempt;
      String marker =
          "optr-" + Digest.tagged("optr-marker@v1", seed.getBytes(UTF_8)).substring(0, 24);
      if (!intent.text().contains(marker) && !files.contain(marker)) {
        return marker;
      }
    }
  }
}
