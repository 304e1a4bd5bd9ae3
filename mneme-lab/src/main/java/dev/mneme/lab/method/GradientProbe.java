package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.lab.stats.Products;
import dev.mneme.learn.Learner;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradients of several tasks on the same parameters. Neither the parameters nor the gradients that
 * an optimizer has gathered in them are touched, so a probe may look on between two steps.
 *
 * @param learner whose parameters
 * @param batches one a task
 * @param precision as in training
 */
public record GradientProbe(
    Learner<EditBatch> learner, List<EditBatch> batches, Precision precision) {
  /** All parameters together. */
  public static final String ALL = "all";

  /**
   * Cosines between the tasks' gradients, [tasks][tasks], by group of parameters; {@value #ALL} has
   * them all. A gradient of zero has cosine 0 with all others.
   *
   * @param group from a parameter's name to its group's
   */
  public Map<String, double[][]> cosines(UnaryOperator<String> group) {
    try (PointerScope scope = new PointerScope()) {
      List<Map<String, Tensor>> gradients = new ArrayList<>();
      for (EditBatch batch : batches) {
        gradients.add(Scopes.call(() -> gradient(batch, group), Map::values));
      }
      int n = batches.size();
      double[][] all = new double[n][n];
      Map<String, double[][]> cosines = new LinkedHashMap<>();
      for (String name : gradients.get(0).keySet()) {
        double[][] gram = gram(gradients, name);
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            all[i][j] += gram[i][j];
          }
        }
        cosines.put(name, Products.cosines(gram));
      }
      cosines.put(ALL, Products.cosines(all));
      return cosines;
    }
  }

  /** One task's gradient, one vector a group. */
  private Map<String, Tensor> gradient(EditBatch batch, UnaryOperator<String> group) {
    Map<String, Tensor> parameters = learner.parameters();
    TensorVector loss;
    try (Autocast autocast = Autocast.on(precision)) {
      loss = new TensorVector(learner.loss(batch).mean());
    }
    TensorVector of = new TensorVector(parameters.values().toArray(Tensor[]::new));
    TensorVector found =
        torch.grad(loss, of, new TensorVector(), new BoolOptional(false), false, true);
    Map<String, TensorVector> parts = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Tensor> e : parameters.entrySet()) {
      Tensor g = found.get(i++);
      Tensor reached = g.defined() ? g : torch.zeros_like(e.getValue().detach());
      parts
          .computeIfAbsent(group.apply(e.getKey()), k -> new TensorVector())
          .push_back(reached.reshape(-1));
    }
    Map<String, Tensor> vectors = new LinkedHashMap<>();
    parts.forEach((name, tensors) -> vectors.put(name, torch.cat(tensors, 0)));
    return vectors;
  }

  private static double[][] gram(List<Map<String, Tensor>> gradients, String name) {
    int n = gradients.size();
    double[][] gram = new double[n][n];
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      TensorVector rows = new TensorVector();
      gradients.forEach(g -> rows.push_back(g.get(name)));
      Tensor matrix = torch.stack(rows, 0); // [tasks, parameters]
      float[] products = Tensors.toFloats(matrix.matmul(matrix.t()));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          gram[i][j] = products[i * n + j];
        }
      }
    }
    return gram;
  }
}
