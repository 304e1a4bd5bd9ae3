package dev.mneme.edit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.TextStates.Encoder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What an operator was asked for, and what of it the base is shown: one sentence, or those of a
 * blend.
 *
 * <p>A blend is shown every token of its sentences, each as its own encoder says it, behind a first
 * token that is the weighted mean of their first tokens. That token is the sense that modulates the
 * base's blocks, so the base leans to each wish as much as the blend does; a joint sentence would
 * say nothing of the weights, and the heaviest alone would forget what the base does for the others
 * without any adapter.
 */
record Wishes(List<Wish> all) {
  private static final String SENTENCE = "sentence";
  private static final String SAID = "said";
  private static final String WISHES = "wishes";
  private static final String WEIGHT = "weight";
  private static final String CEILING = "ceiling";

  Wishes {
    all = List.copyOf(all);
  }

  static Wishes one(String sentence, TextStates states) {
    return one(sentence, sentence, states, 1);
  }

  static Wishes one(String sentence, String said, TextStates states, double ceiling) {
    return new Wishes(List.of(new Wish(sentence, said, states, ceiling, 1)));
  }

  /** Brightest value that the base is shown of a pixel: what the wish needs that needs most. */
  double ceiling() {
    return all.stream().mapToDouble(Wish::ceiling).max().orElse(1);
  }

  /** The sentence, or {@code 0.7 "a" + 0.3 "b"} of a blend. */
  String describe() {
    return describe(Wish::sentence);
  }

  /** The same in the words that are read. */
  String said() {
    return describe(Wish::said);
  }

  private String describe(Function<Wish, String> words) {
    return all.size() == 1
        ? words.apply(all.get(0))
        : all.stream()
            .map(w -> number(w.weight()) + " \"" + words.apply(w) + '"')
            .collect(Collectors.joining(" + "));
  }

  private static String number(double weight) {
    return BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
  }

  /** What the base reads; tensors belong to the current scope. */
  TextBatch text() {
    if (all.size() == 1) {
      return TextBatch.of(List.of(all.get(0).states()));
    }
    double whole = all.stream().mapToDouble(Wish::weight).sum();
    List<TextBatch> single =
        all.stream().map(wish -> TextBatch.of(List.of(wish.states()))).toList();
    Map<Encoder, Tensor> states = new EnumMap<>(Encoder.class);
    for (TextBatch text : single) {
      text.states().keySet().forEach(e -> states.computeIfAbsent(e, x -> joined(single, x, whole)));
    }
    TensorVector mask = new TensorVector(single.get(0).mask().narrow(1, 0, 1));
    single.forEach(text -> mask.push_back(text.mask().narrow(1, 1, text.length() - 1)));
    return new TextBatch(states, torch.cat(mask, 1));
  }

  /** One encoder's states, zero where another speaks: [1, 1 + sum of (L - 1), width]. */
  private Tensor joined(List<TextBatch> single, Encoder encoder, double whole) {
    Tensor first = torch.zeros(1, 1, encoder.width());
    TensorVector rest = new TensorVector();
    for (int i = 0; i < single.size(); i++) {
      TextBatch text = single.get(i);
      long length = text.length() - 1;
      Tensor own = text.states().get(encoder);
      if (own == null) {
        rest.push_back(torch.zeros(1, length, encoder.width()));
      } else {
        Scalar share = new Scalar(all.get(i).weight() / whole);
        first = first.add(own.narrow(1, 0, 1).mul(share));
        rest.push_back(own.narrow(1, 1, length));
      }
    }
    TensorVector tokens = new TensorVector(first);
    tokens.push_back(torch.cat(rest, 1));
    return torch.cat(tokens, 1);
  }

  /**
   * {@code {"sentence": …}}, or {@code {"wishes": [{"sentence": …, "weight": …}, …]}}; {@code said}
   * stands beside a sentence that is read in other words, {@code ceiling} where it is below 1.
   */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (all.size() == 1) {
      return put(json, all.get(0));
    }
    ArrayNode wishes = json.putArray(WISHES);
    all.forEach(wish -> put(wishes.addObject(), wish).put(WEIGHT, wish.weight()));
    return json;
  }

  private static ObjectNode put(ObjectNode json, Wish wish) {
    json.put(SENTENCE, wish.sentence());
    if (wish.ceiling() < 1) {
      json.put(CEILING, wish.ceiling());
    }
    return wish.said().equals(wish.sentence()) ? json : json.put(SAID, wish.said());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @return nothing if it is something else
   */
  static Optional<Wishes> ofJson(JsonNode json, Function<String, TextStates> encoder) {
    if (isWish(json)) {
      return Optional.of(new Wishes(List.of(wish(json, encoder, 1))));
    }
    List<Wish> wishes = new ArrayList<>();
    for (JsonNode wish : json.path(WISHES)) {
      double weight = wish.path(WEIGHT).asDouble();
      if (!isWish(wish) || !(weight > 0) || weight == Double.POSITIVE_INFINITY) {
        return Optional.empty();
      }
      wishes.add(wish(wish, encoder, weight));
    }
    return wishes.isEmpty() ? Optional.empty() : Optional.of(new Wishes(wishes));
  }

  private static boolean isWish(JsonNode json) {
    JsonNode ceiling = json.path(CEILING);
    return json.path(SENTENCE).isTextual()
        && (ceiling.isMissingNode() || ceiling.asDouble() > 0 && ceiling.asDouble() <= 1);
  }

  private static Wish wish(JsonNode json, Function<String, TextStates> encoder, double weight) {
    String sentence = json.path(SENTENCE).asText();
    String said = json.path(SAID).asText(sentence);
    return new Wish(sentence, said, encoder.apply(said), json.path(CEILING).asDouble(1), weight);
  }
}
