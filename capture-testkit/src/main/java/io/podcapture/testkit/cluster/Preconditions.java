package io.podcapture.testkit.cluster;

import java.util.Map;

/** What a patch says of the object that it is for. */
final class Preconditions {
    private Preconditions() {}

    /** Refuses a patch for another object: whoever names a UID or a version means the object as it was seen. */
    static void require(ApiPath path, Map<String, Object> object, Map<String, Object> patch) throws ApiStatus.Refusal {
        String uid = Json.text(patch, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(object, "metadata", "uid"))) {
            throw ApiStatus.unfulfilled(
                    path,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + Json.text(object, "metadata", "uid"));
        }
        String version = Json.text(patch, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(object, "metadata", "resourceVersion"))) {
            throw ApiStatus.unfulfilled(
                    path,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
    }
}
