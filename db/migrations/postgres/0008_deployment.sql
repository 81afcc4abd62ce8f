CREATE TABLE "deployment" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"live" boolean NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
