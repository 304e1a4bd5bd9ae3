package dev.mneme.example.minilm;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Attention;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.onnx.OnnxWeights;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** all-MiniLM-L6-v2, a BERT, frozen; all linears of its layers are open to adapters of rank 4. */
record MiniLm(AdapterLayout layout, Map<String, Tensor> weights, HuggingFaceTokenizer tokenizer)
    implements AdaptableBase {
  static final int WIDTH = 384; // d

  /** From the class path; it lives as long as the process. */
  static MiniLm load() throws IOException {
    System.setProperty("ai.djl.offline", "true"); // the tokenizer has its native code in its jar
    List<AdapterSite> sites =
        List.of(
            AdapterSite.dense("attention.self.query", WIDTH, WIDTH),
            AdapterSite.dense("attention.self.key", WIDTH, WIDTH),
            AdapterSite.dense("attention.self.value", WIDTH, WIDTH),
            AdapterSite.dense("attention.output.dense", WIDTH, WIDTH),
            AdapterSite.dense("intermediate.dense", WIDTH, 4 * WIDTH),
            AdapterSite.dense("output.dense", 4 * WIDTH, WIDTH));
    try (InputStream model = MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx");
        InputStream vocabulary =
            MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      return new MiniLm(
          new AdapterLayout("encoder.layer.", 6, 4, sites),
          OnnxWeights.read(model),
          HuggingFaceTokenizer.newInstance(vocabulary, Map.of("padding", "true")));
    }
  }

  /** Mean token states [U, M, d] of U · M texts, M for each user, with U adapters or one. */
  Tensor forward(List<String> texts, int each, Adapters adapters) {
    check(adapters);
    long[] all =
        Arrays.stream(tokenizer.batchEncode(texts))
            .flatMapToLong(text -> Arrays.stream(text.getIds()))
            .toArray();
    Tensor ids = Tensors.fromLongs(all, texts.size(), all.length / texts.size()); // [U M, L]
    Tensor mask = ids.ne(new Scalar(0)); // 0 is padding
    Tensor x = torch.embedding(weights.get("embeddings.word_embeddings.weight"), ids);
    x = x.add(weights.get("embeddings.position_embeddings.weight").narrow(0, 0, ids.size(1)));
    x = x.add(weights.get("embeddings.token_type_embeddings.weight").select(0, 0));
    x = norm(x.reshape(-1, each, ids.size(1), WIDTH), "embeddings.LayerNorm"); // [U, M, L, d]
    for (int i = 0; i < layout.layers(); i++) {
      String layer = layout.prefix() + i + ".";
      Tensor q = heads(linear(x, layer + "attention.self.query", adapters)); // [U M, 12, L, d / 12]
      Tensor k = heads(linear(x, layer + "attention.self.key", adapters));
      Tensor v = heads(linear(x, layer + "attention.self.value", adapters));
      Tensor seen = mask.unsqueeze(1).unsqueeze(1); // [U M, 1, 1, L]
      Tensor y = Attention.apply(q, k, v, seen, true).transpose(1, 2).reshape(x.shape());
      y = linear(y, layer + "attention.output.dense", adapters);
      x = norm(x.add(y), layer + "attention.output.LayerNorm");
      y = torch.gelu(linear(x, layer + "intermediate.dense", adapters));
      x = norm(x.add(linear(y, layer + "output.dense", adapters)), layer + "output.LayerNorm");
    }
    Tensor share = mask.to(torch.ScalarType.Float).reshape(-1, each, ids.size(1), 1);
    return x.mul(share).sum(2).div(share.sum(2));
  }

  private Tensor linear(Tensor x, String name, Adapters adapters) {
    return adapters.apply(x, weights.get(name + ".weight"), weights.get(name + ".bias"), name);
  }

  private static Tensor heads(Tensor x) {
    return x.reshape(-1, x.size(2), 12, WIDTH / 12).transpose(1, 2);
  }

  private Tensor norm(Tensor x, String name) {
    TensorOptional weight = new TensorOptional(weights.get(name + ".weight"));
    TensorOptional bias = new TensorOptional(weights.get(name + ".bias"));
    return torch.layer_norm(x, new long[] {WIDTH}, weight, bias, 1e-12, false);
  }
}
