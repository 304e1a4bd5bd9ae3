/**
 * The editor beside the tools one would otherwise reach for, on the same held-out pictures.
 *
 * <p>{@link dev.mneme.peers.ClassicPeers} names them for each task, {@link
 * dev.mneme.peers.PeerComparison} tunes and measures them, and {@link dev.mneme.peers.PeerReport}
 * tells of it.
 */
package dev.mneme.peers;
