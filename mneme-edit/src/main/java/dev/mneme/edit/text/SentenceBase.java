package dev.mneme.edit.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdaptedLinear;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Attention;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.onnx.OnnxWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A frozen {@link Bert} as a base: every linear of its layers is open to adapters. {@link
 * TextEncoder} runs the same weights by themselves, faster and with activations in 8 bits.
 *
 * <p>Safe for concurrent use; its weights live until it is collected.
 */
public final class SentenceBase implements AdaptableBase {
  private static final double EPS = 1e-12;
  private static final int RANK = 16;

  private final Bert bert;
  private final AdapterLayout layout;
  private final Map<String, Tensor> weights;
  private final HuggingFaceTokenizer tokenizer;

  private SentenceBase(
      Bert bert,
      AdapterLayout layout,
      Map<String, Tensor> weights,
      HuggingFaceTokenizer tokenizer) {
    this.bert = bert;
    this.layout = layout;
    this.weights = weights;
    this.tokenizer = tokenizer;
  }

  /**
   * Reads a model from the class path, in half a second.
   *
   * @throws IllegalStateException if its files are not there
   */
  public static SentenceBase load(Bert bert) {
    Engine.start();
    Map<String, Tensor> weights = new HashMap<>();
    try (InputStream model = EncoderFiles.model(bert)) {
      Scopes.run(
          () -> {
            weights.putAll(OnnxWeights.read(model));
            weights.values().forEach(Tensor::retainReference);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the text encoder " + bert, e);
    }
    return new SentenceBase(bert, layoutOf(bert), weights, EncoderFiles.tokenizer(bert, true));
  }

  /**
   * The same with an adapter in its weights, which it hears as quickly as without.
   *
   * @param adapters a batch of 1
   */
  SentenceBase merged(Adapters adapters) {
    check(adapters);
    Map<String, Tensor> merged = new HashMap<>(weights);
    Scopes.run(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            adapters
                .factors()
                .forEach(
                    (key, factors) ->
                        merged.compute(
                            key + ".weight",
                            (name, w) ->
                                AdaptedLinear.merged(w, factors, adapters.scale())
                                    .retainReference()));
          }
        });
    return new SentenceBase(bert, layout, merged, tokenizer);
  }

  /** The places of a model, by BERT's names. */
  static AdapterLayout layoutOf(Bert bert) {
    int width = bert.width();
    return new AdapterLayout(
        "encoder.layer.",
        bert.layers(),
        RANK,
        List.of(
            AdapterSite.dense("attention.self.query", width, width),
            AdapterSite.dense("attention.self.key", width, width),
            AdapterSite.dense("attention.self.value", width, width),
            AdapterSite.dense("attention.output.dense", width, width),
            AdapterSite.dense("intermediate.dense", width, 4 * width),
            AdapterSite.dense("output.dense", 4 * width, width)));
  }

  /** Which model it is. */
  public Bert bert() {
    return bert;
  }

  @Override
  public AdapterLayout layout() {
    return layout;
  }

  /**
   * What texts are as a whole: their mean token states at length 1.
   *
   * @param texts B of them, as {@link TextStates#text()} has them
   * @param adapters a batch of 1 or B
   * @return [B, D]
   */
  public Tensor directions(List<String> texts, Adapters adapters) {
    check(adapters);
    return Scopes.call(() -> forward(texts, adapters));
  }

  private Tensor forward(List<String> texts, Adapters adapters) {
    long[] all =
        Arrays.stream(tokenizer.batchEncode(texts))
            .flatMapToLong(text -> Arrays.stream(text.getIds()))
            .toArray();
    Tensor ids = Tensors.fromLongs(all, texts.size(), all.length / texts.size()); // [B, L]
    Tensor mask = ids.ne(new Scalar(0)); // 0 is padding
    Tensor x = torch.embedding(weights.get("embeddings.word_embeddings.weight"), ids);
    x = x.add(weights.get("embeddings.position_embeddings.weight").narrow(0, 0, ids.size(1)));
    x = x.add(weights.get("embeddings.token_type_embeddings.weight").select(0, 0));
    x = norm(x, "embeddings.LayerNorm"); // [B, L, D]
    Tensor seen = mask.unsqueeze(1).unsqueeze(1); // [B, 1, 1, L]
    for (int i = 0; i < layout.layers(); i++) {
      String layer = layout.prefix() + i + ".";
      Tensor q = split(linear(x, layer + "attention.self.query", adapters)); // [B, H, L, D / H]
      Tensor k = split(linear(x, layer + "attention.self.key", adapters));
      Tensor v = split(linear(x, layer + "attention.self.value", adapters));
      Tensor y = Attention.apply(q, k, v, seen, true).transpose(1, 2).reshape(x.shape());
      y = linear(y, layer + "attention.output.dense", adapters);
      x = norm(x.add(y), layer + "attention.output.LayerNorm");
      y = torch.gelu(linear(x, layer + "intermediate.dense", adapters)); // [B, L, 4 D]
      x = norm(x.add(linear(y, layer + "output.dense", adapters)), layer + "output.LayerNorm");
    }
    Tensor sum = x.mul(mask.unsqueeze(2).to(ScalarType.Float)).sum(1); // [B, D]
    return sum.div(sum.square().sum(1).sqrt().unsqueeze(1));
  }

  private Tensor linear(Tensor x, String name, Adapters adapters) {
    return adapters.apply(x, weights.get(name + ".weight"), weights.get(name + ".bias"), name);
  }

  private Tensor split(Tensor x) {
    int heads = bert.heads();
    return x.reshape(x.size(0), x.size(1), heads, bert.width() / heads).transpose(1, 2);
  }

  private Tensor norm(Tensor x, String name) {
    TensorOptional weight = new TensorOptional(weights.get(name + ".weight"));
    TensorOptional bias = new TensorOptional(weights.get(name + ".bias"));
    return torch.layer_norm(x, new long[] {bert.width()}, weight, bias, EPS, false);
  }
}
