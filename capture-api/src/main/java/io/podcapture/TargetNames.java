package io.podcapture;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What may stand behind the slash of a target on a command line.
 *
 * @param form of the whole name
 * @param spelling for who wrote another
 */
record TargetNames(Pattern form, String spelling) {
    private static final TargetNames USUAL =
            of("[^/]+", "KIND/NAME, for instance deploy/cart or docker/web, or a pod's name");

    // A path for instance: what a method of somebody else's own makes of it, it alone knows.
    private static final TargetNames ANY = of(".+", "KIND/NAME");

    private static final Map<String, TargetNames> OTHERS = Map.of(
            "container",
            of("[^/]+", "docker/NAME or docker/ID of a container, as docker ps lists them, for instance docker/web"),
            "process",
            of("[1-9][0-9]{0,8}", "pid/NUMBER of a process of this machine, for instance pid/4711"),
            "netns",
            of(
                    "[^/]+|/.*[^/]",
                    "netns/NAME as ip netns lists it, or netns/ and the whole path of its file, for instance"
                            + " netns//run/docker/netns/1f2e"));

    /** Returns those of a kind. */
    static TargetNames of(String kind) {
        return OTHERS.getOrDefault(kind, TargetKinds.isKnown(kind) ? USUAL : ANY);
    }

    boolean allow(String name) {
        return !name.isBlank() && form.matcher(name).matches();
    }

    private static TargetNames of(String form, String spelling) {
        return new TargetNames(Pattern.compile(form), spelling);
    }
}
