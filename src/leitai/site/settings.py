"""Leitai's settings. What differs between two places comes in through `environment`."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from leitai.site import environment as env

DATA = env.data_folder()
SECRET_KEY = env.secret_key()
SIGNING_SEED = "leitai.site.environment.signing_seed"  # read, or made, when first asked for
DEBUG = env.flag("LEITAI_DEBUG")
DEMO = env.demo()
ORIGIN = env.os.environ.get("LEITAI_ORIGIN", "").rstrip("/")
ALLOWED_HOSTS = env.words("LEITAI_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if ORIGIN:
    CSRF_TRUSTED_ORIGINS = [ORIGIN]
    ALLOWED_HOSTS.append(urlsplit(ORIGIN).hostname)

# The order in which a contest walks through them.
ROOMS = (
    "people",
    "contests",
    "partners",
    "demands",
    "submissions",
    "screening",
    "stages",
    "jury",
    "standings",
    "messages",
    "finals",
    "awards",
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "template_partials",
    "django_vite",
    "django_htmx",
    "procrastinate.contrib.django",
    "leitai.foundation",
    *[f"leitai.rooms.{room}" for room in ROOMS],
    "leitai.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages in a third of their size. Django pads what it compresses by a random length, and masks
    # CSRF tokens anew each time, so that sizes tell an eavesdropper nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "leitai.site.middleware.LiveOrigin",
    "leitai.foundation.middleware.Clock",
    "leitai.foundation.readable.Readable",
    "leitai.site.look.ReadersZone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leitai.foundation.middleware.Unshared",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "leitai.foundation.files.uploads.UploadLimit",  # before the check of forms reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leitai.foundation.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "leitai.site.urls"
WSGI_APPLICATION = "leitai.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Named here as well, so that our pages win over those of the packages above us in the list.
        "DIRS": [env.PROJECT / "src/leitai/site/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leitai.site.context.site",
            ]
        },
    }
]

FORM_RENDERER = "leitai.site.forms.Renderer"
CSRF_FAILURE_VIEW = "leitai.site.errors.form_expired"

# --- what is kept

DATABASES = {"default": env.database(env.database_url())}
if not env.flag("LEITAI_NO_POOL"):
    # One pool a process; without it each request would open a connection of its own.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 12, "timeout": 10}

# In the database, so that all processes see the same counters (sign-in attempts, codes).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "leitai_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Of each process: counts that may differ between them for a moment, and what carries a stamp.
    "near": {"BACKEND": "leitai.foundation.near.NearCache"},
}

# Plain rows: a cached session would live on in other processes after sign-out, and a signed cookie
# cannot be taken back at all.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "leitai_session"

FILES = DATA / "files"
MEDIA_ROOT = FILES
# Uploads beyond this go to disk, and forms beyond it are refused (files are judged in the rooms).
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# Read first, so that we may say the words of packages our way.
LOCALE_PATHS = [env.PROJECT / "src/leitai/site/locale"]
LANGUAGE_COOKIE_NAME = "leitai_language"
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files: Vite gives its files names that carry a hash, and WhiteNoise lets browsers keep
# those for ever. Django must not rename them once more: a module under two names would run twice.

STATIC_URL = "/static/"
STATIC_ROOT = env.PROJECT / "build/collected"
VITE_OUT = env.PROJECT / "build/static"
STATICFILES_DIRS = [VITE_OUT] if VITE_OUT.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "leitai.foundation.files.folder.FileFolder"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"
WHITENOISE_USE_FINDERS = DEBUG
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": VITE_OUT / "manifest.json"}}

# --- people

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Leitai"
# Browsers offer passkeys on plain http only for this machine's own names.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ORIGIN.startswith("https://")

AXES_USERNAME_CALLABLE = "leitai.site.middleware.who_tried"
AXES_LOCKOUT_CALLABLE = "leitai.site.errors.too_many"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business afterwards
AXES_VERBOSE = False

# --- security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],  # an entry's PDF beside its sheet
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "leitai_csrf"
if ORIGIN.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# --- mail, live pages, work, words for the log

globals().update(env.mail(DATA / "mail"))

LIVE_PORT = env.live_port()
LIVE_URL = env.os.environ.get("LEITAI_LIVE", "")  # empty: the live port of the host people typed

PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 30.0}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"leitai": {"level": "INFO"}},
}
