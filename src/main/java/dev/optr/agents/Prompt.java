package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Digest;
import dev.optr.git.FrozenTree;
import dev.optr.intent.Intent;

/**
 * What a lane is told: our instructions, and apart from them the data that others wrote. The same
 * input and budget give the same prompt, byte for byte.
 *
 * @param instructions the contract; nothing in it comes from the frozen tree or the wish
 * @param data the wish, the list of files and their contents, between markers that whoever wrote
 *     the data could not know
 * @param clipped a text file's content, or a part of the list, was left out because of the budget
 * @param digest SHA-256 of {@code optr-prompt@v1}, 0x00, instructions, 0x00 and data
 */
public record Prompt(String instructions, String data, boolean clipped, String digest) {

  /**
   * @param visible what the lane may see of the frozen tree
   * @param characterBudget the most UTF-16 code units of data, give or take the wish itself
   */
  public static Prompt of(Intent intent, FrozenTree visible, int characterBudget) {
    PromptFiles files = PromptFiles.choose(visible, characterBudget - intent.text().length());
    String marker = marker(intent, files);
    String instructions = PromptText.instructions(intent, marker);
    String data = PromptText.data(intent, files, marker);
    byte[] both = (instructions + "\0" + data).getBytes(UTF_8);
    return new Prompt(instructions, data, files.clipped(), Digest.tagged("optr-prompt@v1", both));
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
