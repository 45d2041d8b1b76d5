package dev.optr.testing;

import dev.optr.base.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One page of a list, as its address asks for it. */
record FakePage(String pathAndQuery, String baseUrl) {
  private static final Pattern PAGE = Pattern.compile(".*[?&]page=(\\d+).*");
  private static final Pattern PER_PAGE = Pattern.compile(".*[?&]per_page=(\\d+).*");

  FakeReply of(List<Json> all) {
    int size = number(PER_PAGE, 30);
    int page = number(PAGE, 1);
    int from = Math.min(all.size(), (page - 1) * size);
    int to = Math.min(all.size(), from + size);
    FakeReply reply = FakeReply.json(200, Json.array(all.subList(from, to)));
    if (to == all.size()) {
      return reply;
    }
    String next =
        PAGE.matcher(pathAndQuery).matches()
            ? pathAndQuery.replaceFirst("([?&])page=\\d+", "$1page=" + (page + 1))
            : pathAndQuery + "&page=" + (page + 1);
    return reply.with("Link", "<" + baseUrl + next + ">; rel=\"next\"");
  }

  private int number(Pattern pattern, int otherwise) {
    Matcher matcher = pattern.matcher(pathAndQuery);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }
}
