package dev.optr.testing;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The prompt cache as its documentation has it: a mark writes all that stands before it, tools
 * first, then instructions, then messages; a mark reads the longest prefix written before that ends
 * at it or at most 20 blocks earlier. Four characters count as a token.
 */
final class AnthropicCache {
  private static final int LOOKBACK = 20;

  private final Set<String> written = new HashSet<>();

  private record Block(String text, boolean marked) {}

  /** What a request takes, with 100 tokens of output, of which 40 were thinking. */
  JsonObject usage(JsonObject request) {
    List<Block> blocks = blocks(request);
    List<String> prefixes = new ArrayList<>();
    StringBuilder prefix = new StringBuilder();
    for (Block block : blocks) {
      prefixes.add(prefix.append(block.text()).toString());
    }
    int read = -1;
    int write = -1;
    for (int mark = 0; mark < blocks.size(); mark++) {
      if (blocks.get(mark).marked()) {
        for (int at = mark; at >= 0 && at > mark - LOOKBACK; at--) {
          read = written.contains(prefixes.get(at)) ? Math.max(read, at) : read;
        }
        write = mark;
      }
    }
    for (int mark = 0; mark < blocks.size(); mark++) {
      if (blocks.get(mark).marked()) {
        written.add(prefixes.get(mark));
      }
    }
    long cached = tokens(prefixes, read);
    long kept = Math.max(cached, tokens(prefixes, write));
    return usage(cached, kept - cached, tokens(prefixes, blocks.size() - 1) - kept);
  }

  private static long tokens(List<String> prefixes, int last) {
    return last < 0 ? 0 : prefixes.get(last).length() / 4;
  }

  private static JsonObject usage(long read, long written, long fresh) {
    return Json.object()
        .put("input_tokens", fresh)
        .put("cache_creation_input_tokens", written)
        .put("cache_read_input_tokens", read)
        .put(
            "cache_creation",
            Json.object()
                .put("ephemeral_5m_input_tokens", written)
                .put("ephemeral_1h_input_tokens", 0)
                .build())
        .put("output_tokens", 100)
        .put("output_tokens_details", Json.object().put("thinking_tokens", 40).build())
        .put("server_tool_use", Json.NULL)
        .put("service_tier", "standard")
        .build();
  }

  private static List<Block> blocks(JsonObject request) {
    List<Block> blocks = new ArrayList<>();
    request.array("tools").forEach(tool -> blocks.add(block("tool", (JsonObject) tool)));
    request.array("system").forEach(text -> blocks.add(block("system", (JsonObject) text)));
    for (Json message : request.array("messages")) {
      JsonObject object = (JsonObject) message;
      String role = String.valueOf(object.text("role"));
      object.array("content").forEach(part -> blocks.add(block(role, (JsonObject) part)));
    }
    return blocks;
  }

  private static Block block(String place, JsonObject block) {
    return new Block(
        place + CanonicalJson.text(block.without("cache_control")) + "\n",
        block.get("cache_control") != null);
  }
}
