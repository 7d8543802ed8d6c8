/** Captures without Kubernetes: the traffic of Docker and Podman containers, of processes, network namespaces and this machine. */
@NullMarked
package io.podcapture.local;

import org.jspecify.annotations.NullMarked;
