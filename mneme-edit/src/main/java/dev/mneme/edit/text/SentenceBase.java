package dev.mneme.edit.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.memory.AdaptableBase;
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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A frozen text encoder, a BERT, as a base: every linear of its layers is open to adapters. {@link
 * TextEncoder} runs the same weights by themselves, faster and with activations in 8 bits.
 *
 * <p>Safe for concurrent use; its weights live until it is collected.
 */
public final class SentenceBase implements AdaptableBase {
  private static final double EPS = 1e-12;
  private static final int RANK = 16;

  private final Encoder encoder;
  private final AdapterLayout layout;
  private final Map<String, Tensor> weights;
  private final HuggingFaceTokenizer tokenizer;

  private SentenceBase(
      Encoder encoder,
      AdapterLayout layout,
      Map<String, Tensor> weights,
      HuggingFaceTokenizer tokenizer) {
    this.encoder = encoder;
    this.layout = layout;
    this.weights = weights;
    this.tokenizer = tokenizer;
  }

  /**
   * Reads an encoder from the class path, in half a second.
   *
   * @throws IllegalStateException if its files are not there
   */
  public static SentenceBase load(Encoder encoder) {
    Engine.start();
    Map<String, Tensor> weights = new HashMap<>();
    try (InputStream model = EncoderFiles.model(encoder)) {
      Scopes.run(
          () -> {
            weights.putAll(OnnxWeights.read(model));
            weights.values().forEach(Tensor::retainReference);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the text encoder " + encoder, e);
    }
    return new SentenceBase(
        encoder, layoutOf(encoder), weights, EncoderFiles.tokenizer(encoder, true));
  }

  /** The places of an encoder, by BERT's names. */
  static AdapterLayout layoutOf(Encoder encoder) {
    int width = encoder.width();
    return new AdapterLayout(
        "encoder.layer.",
        layers(encoder),
        RANK,
        List.of(
            AdapterSite.dense("attention.self.query", width, width),
            AdapterSite.dense("attention.self.key", width, width),
            AdapterSite.dense("attention.self.value", width, width),
            AdapterSite.dense("attention.output.dense", width, width),
            AdapterSite.dense("intermediate.dense", width, 4 * width),
            AdapterSite.dense("output.dense", 4 * width, width)));
  }

  private static int layers(Encoder encoder) {
    return switch (encoder) {
      case MINILM -> 6;
      case BGE_ZH -> 4;
    };
  }

  private int heads() {
    return switch (encoder) {
      case MINILM -> 12;
      case BGE_ZH -> 8;
    };
  }

  /** Which encoder it is. */
  public Encoder encoder() {
    return encoder;
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
    int heads = heads();
    return x.reshape(x.size(0), x.size(1), heads, encoder.width() / heads).transpose(1, 2);
  }

  private Tensor norm(Tensor x, String name) {
    TensorOptional weight = new TensorOptional(weights.get(name + ".weight"));
    TensorOptional bias = new TensorOptional(weights.get(name + ".bias"));
    return torch.layer_norm(x, new long[] {encoder.width()}, weight, bias, EPS, false);
  }
}
